// The HTTP API for dashboards and desks: read complaints, make moves. Shapes as in README.md.
// No answer carries an address; errors are problem details.

import express, { type Response, Router } from 'express'
import { z } from 'zod'
import type { Casework } from './casework.ts'
import { cleanText } from './channels/text.ts'
import type { City } from './city/city.ts'
import type { Clock } from './clock.ts'
import { complaintJson } from './complaint-json.ts'
import { CLASSES, MOVES, STATES } from './complaints/complaint.ts'
import type { MoveRequest } from './complaints/moves.ts'
import { isTicket } from './complaints/ticket.ts'
import { inWords, onlyMethods, sendProblem } from './problem.ts'
import { createStatistics } from './statistics.ts'
import type { CaseFile, ComplaintQuery } from './store/case-port.ts'
import type { Store } from './store/store.ts'

export interface ApiParts {
  readonly store: Store
  readonly city: City
  readonly casework: Casework
  readonly clock: Clock
  /** Called after a move was committed. */
  readonly wake: () => void
}

const LIMIT = 50
const MOST = 200

const querySchema = z.strictObject({
  state: z.enum(STATES).optional(),
  agency: z.string().min(1).optional(),
  // A plus that nobody escaped has become a space: "2026-11-25T16:00:00 08:00".
  due_before: z
    .string()
    .transform((text) => text.replace(' ', '+'))
    .pipe(z.union([z.iso.datetime({ offset: true }), z.iso.date()]))
    .transform((text) => new Date(text))
    .optional(),
  after: z.string().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(MOST).default(LIMIT),
})

/** Cleaned as what citizens write: a NUL or a hidden direction mark would reach their phones. */
const words = z.string().max(4_000).transform(cleanText)
const moveSchema = z.strictObject({
  move: z.enum(MOVES),
  version: z.number().int().min(1).optional(),
  actor: z.string().transform(cleanLine).pipe(z.string().min(1).max(100)),
  agency: words.optional(),
  note: words.optional(),
  reason: words.optional(),
  days: z.number().optional(),
  into: words.optional(),
  category: words.optional(),
  class: z.enum(CLASSES).optional(),
  place: z
    .strictObject({
      kelurahan: words.nullable().optional(),
      kecamatan: words.nullable().optional(),
      text: words.nullable().optional(),
      lat: z.number().min(-90).max(90).nullable().optional(),
      lon: z.number().min(-180).max(180).nullable().optional(),
    })
    .optional(),
  confidential: z.boolean().optional(),
  anonymous: z.boolean().optional(),
  rating: z.number().optional(),
  external_id: words.optional(),
})

/** Who reads, where the request does not say: the token is one for all. */
const READER = 'api'

export function createApi({ store, city, casework, clock, wake }: ApiParts): Router {
  const router = Router()

  /** Before the words leave: what cannot be noted is not shown. */
  async function noteReading(files: readonly CaseFile[], actor = READER): Promise<void> {
    const at = clock()
    const read = files.filter(({ complaint }) => complaint.confidential)
    if (read.length === 0) return
    await store.audit(
      ...read.map(({ complaint: { ticket } }) => {
        return {
          at,
          action: 'read-confidential',
          actor,
          ticket,
          personId: null,
          detail: '{}',
        } as const
      }),
    )
  }

  router.get('/complaints', async (req, res) => {
    const query = querySchema.safeParse(req.query)
    if (!query.success) {
      sendProblem(res, 400, `The query is not valid. ${inWords(query.error)}`)
      return
    }
    const page = await store.complaints(queryOf(query.data))
    await noteReading(page.files)
    const complaints = page.files.map((file) => complaintJson(file, city))
    res.json({ complaints, next: page.next })
  })
  router.all('/complaints', onlyMethods('GET'))

  router.get('/complaints/:ticket', async (req, res) => {
    if (refusesTicket(res, req.params.ticket)) return
    const file = await store.caseFile(req.params.ticket)
    if (file === null) {
      sendProblem(res, 404, `There is no complaint ${req.params.ticket}.`)
      return
    }
    await noteReading([file])
    res.json(complaintJson(file, city))
  })
  router.all('/complaints/:ticket', onlyMethods('GET'))

  const json = express.json({ limit: '64kb', type: () => true })
  router.post('/complaints/:ticket/moves', json, async (req, res) => {
    const { ticket } = req.params
    if (ticket === undefined || refusesTicket(res, ticket)) return
    const parsed = moveSchema.safeParse(req.body)
    if (!parsed.success) {
      const fields = parsed.error.issues.map((issue) => issue.path.join('.'))
      sendProblem(res, 422, `The move is not valid. ${inWords(parsed.error)}`, { fields })
      return
    }
    const { version = null, actor, external_id: externalId, ...rest } = parsed.data
    const request = { ...rest, ...(externalId === undefined ? {} : { externalId }) } as MoveRequest
    const result = await casework(ticket, request, { role: 'any', actor }, version)
    switch (result.outcome) {
      case 'moved': {
        wake()
        const file = await store.caseFile(ticket)
        if (file === null) throw new Error(`complaint ${ticket} was moved but cannot be read`)
        await noteReading([file], actor)
        res.json(complaintJson(file, city))
        return
      }
      case 'unknown':
        sendProblem(res, 404, `There is no complaint ${ticket}.`)
        return
      case 'refused':
      case 'stale':
        sendProblem(res, 409, result.reason, { outcome: result.outcome })
        return
      case 'incomplete':
        sendProblem(res, 422, result.reason, { fields: result.missing })
    }
  })
  router.all('/complaints/:ticket/moves', onlyMethods('POST'))
  router.use(createStatistics({ store, city, clock }))
  return router
}

function cleanLine(text: string): string {
  return cleanText(text).replaceAll('\n', ' ').trim()
}

function refusesTicket(res: Response, ticket: string): boolean {
  if (isTicket(ticket)) return false
  sendProblem(
    res,
    400,
    `${JSON.stringify(ticket)} is no ticket: eight digits, the last a check digit.`,
  )
  return true
}

function queryOf(query: z.infer<typeof querySchema>): ComplaintQuery {
  return {
    limit: query.limit,
    ...(query.state && { state: query.state }),
    ...(query.agency && { agency: query.agency }),
    ...(query.due_before && { dueBefore: query.due_before }),
    ...(query.after && { after: query.after }),
  }
}
