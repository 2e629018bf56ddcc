// Judges requests by Twilio's own description of its API. Runs as a worker, outside Jest,
// whose module loader cannot load the validator's ESM dependency.

import { createRequire } from 'node:module'
import { parentPort, workerData } from 'node:worker_threads'
import { OpenAPIBackend } from 'openapi-backend'

const PATH = '/2010-04-01/Accounts/{AccountSid}/Messages.json'
const require = createRequire(import.meta.url)
const whole = require('@twilio-alpha/mcp/twilio-oai/spec/json/twilio_api_v2010.json')
const operation = whole.paths[PATH].post
const form = operation.requestBody.content['application/x-www-form-urlencoded'].schema

const api = new OpenAPIBackend({
  // One operation of two hundred: compiling them all takes seconds and proves no more.
  definition: { ...whole, paths: { [PATH]: { post: operation } } },
  ajvOpts: { strict: false, validateFormats: false },
})
await api.init()

/** @type {readonly { path: string, body: Record<string, string> }[]} */
const requests = workerData
parentPort?.postMessage(
  requests.map(({ path, body }) => ({
    errors: api.validateRequest(
      {
        method: 'post',
        path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      },
      'CreateMessage',
    ).errors,
    unknown: Object.keys(body).filter((name) => !(name in form.properties)),
  })),
)
