// `templates`: what to submit to Meta, readable, or with --json one body of the Graph API a line.
// It asks nobody and submits nothing.

import { readCity } from '../startup.ts'
import { type ExitCode, type Machine, Refusal } from './machine.ts'
import { type TemplateToRegister, templateTexts } from './template-texts.ts'

export async function templates(
  { json }: { readonly json: boolean },
  machine: Machine,
): Promise<ExitCode> {
  const read = readCity(machine.env)
  if ('problems' in read) throw new Refusal(read.problems)
  const all = templateTexts(read.city)
  if (all.length === 0)
    throw new Refusal([
      'whatsapp-templates.yaml is missing or empty: without it nothing goes by WhatsApp after 24 hours',
    ])
  for (const one of all) await machine.write(json ? `${JSON.stringify(bodyOf(one))}\n` : told(one))
  return 0
}

/** [https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates] */
function bodyOf({ name, language, category, text, examples }: TemplateToRegister): object {
  const example = examples.length === 0 ? {} : { example: { body_text: [examples] } }
  return { name, language, category, components: [{ type: 'BODY', text, ...example }] }
}

function told(one: TemplateToRegister): string {
  const { name, language, category, text, parameters, examples, tells } = one
  const filled = parameters.map((fact, at) => `  {{${at + 1}}}  ${fact}: ${examples[at]}`)
  const head = `${name}  ${language}  ${category}`
  return [head, `  ${text}`, ...filled, `  tells ${tells.join(', ')}`, '', ''].join('\n')
}
