// The city's templates as they are registered: one name in one language each, with an example of what fills it.
// Rule: examples are made up; nobody's case is shown to Meta.

import type { City } from '../city/city.ts'
import type { TemplateFact } from '../city/templates-schema.ts'
import { render } from '../conversation/phrases.ts'
import type { TemplateText } from '../message.ts'

const LANGUAGES = ['id', 'en'] as const

export interface TemplateToRegister extends TemplateText {
  readonly parameters: readonly TemplateFact[]
  /** One for each parameter. */
  readonly examples: readonly string[]
  /** What it tells: keys of notices and pings. */
  readonly tells: readonly string[]
}

export function templateTexts(city: City): readonly TemplateToRegister[] {
  return city.templates.flatMap(({ name, category, parameters, text, tells }) =>
    LANGUAGES.flatMap((language) => {
      const words = text[language]
      if (words === undefined) return []
      const examples = parameters.map((fact) => exampleOf(fact, language, city))
      return [{ name, language, category, text: words, parameters, examples, tells }]
    }),
  )
}

function exampleOf(fact: TemplateFact, language: 'id' | 'en', city: City): string {
  switch (fact) {
    case 'ticket':
      return '12345674'
    case 'state':
      return render(city, language, 'chat', { key: 'notice_state_received', params: {} })
    case 'agency':
      return city.agencies[0]?.name ?? city.name
    case 'date':
      return '25/12/2026'
  }
}
