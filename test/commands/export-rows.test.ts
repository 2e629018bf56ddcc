// A row of the export: nobody in it, nothing that a spreadsheet would run, and every character kept.

import { describe, expect, test } from '@jest/globals'
import { CSV_HEADER, csvLine, exportRow, jsonLine } from '../../src/commands/export-rows.ts'
import type { Complaint } from '../../src/complaints/complaint.ts'
import { complaint } from '../store/given.ts'

const ZONE = 'Asia/Makassar'

const rowOf = (change: Partial<Complaint> = {}) =>
  exportRow(
    { complaint: complaint('12345670', { confidential: false, ...change }), dueAt: null },
    ZONE,
  )

/** Cells of one line, read back by the rules of RFC 4180. */
function cells(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  )
}

const cellOf = (row: ReturnType<typeof rowOf>, column: string) =>
  cells(csvLine(row))[CSV_HEADER.trimEnd().split(',').indexOf(column)]

describe('the words of a complaint', () => {
  test('stand there with the numbers of people masked', () => {
    const row = rowOf({ text: 'hubungi 0812 3456 7890, KTP 6371012345678901' })
    expect(row.text).toBe('hubungi ****, KTP ****')
  })

  test('and of its place are masked alike', () => {
    const { place } = complaint('12345670')
    expect(rowOf({ place: { ...place, text: 'rumah bu Ani 081234567890' } }).place).toBe(
      'rumah bu Ani ****',
    )
  })

  test('are left out when it is confidential, and so are those of its place', () => {
    const { text, place, kelurahan } = rowOf({ confidential: true })
    expect({ text, place, kelurahan }).toEqual({ text: null, place: null, kelurahan: 'Hulu' })
  })
})

test('no coordinates are told: they may point to a door', () => {
  expect(jsonLine(rowOf())).not.toMatch(/3\.3166|114\.59/)
})

test('times are told in the zone of the city', () => {
  expect(rowOf().filed_at).toBe('2026-11-25T10:00:00.000+08:00')
})

describe('a CSV cell', () => {
  test.each(['a,b', 'dia bilang "besok"', 'dua\r\nbaris', 'biasa saja', ''])(
    'gives back %j as it was',
    (text) => {
      expect(cellOf(rowOf({ text }), 'text')).toBe(text)
    },
  )

  test.each(['=1+1', '+62', '-3', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1', '\n-1'])(
    'that a spreadsheet would run, %j, begins with an apostrophe',
    (text) => {
      expect(cellOf(rowOf({ text }), 'text')).toBe(`'${text}`)
    },
  )

  test('is empty where nothing is known, and every line has as many cells as the header', () => {
    const row = rowOf({ text: null, agency: null })
    expect(cells(csvLine(row))).toHaveLength(CSV_HEADER.split(',').length)
    expect(cellOf(row, 'agency')).toBe('')
  })

  test('ends its line with CR LF', () => {
    expect(csvLine(rowOf())).toMatch(/[^\r\n]\r\n$/)
  })
})

test('a line of JSON keeps absent facts as null and truths as truths', () => {
  const read = JSON.parse(jsonLine(rowOf({ agency: null, urgent: true })))
  expect(read).toMatchObject({ ticket: '12345670', agency: null, urgent: true })
})
