// Mobile numbers in what an officer takes down: in any spelling, and nothing else that looks like one.

import { describe, expect, test } from '@jest/globals'
import { findMobile } from '../../src/complaints/mobile-number.ts'

describe('a mobile number', () => {
  test.each([
    ['081340000009', 'lampu mati'],
    ['0813-4000-0009', 'lampu mati'],
    ['0813 4000 0009', 'lampu mati'],
    ['0813.4000.0009', 'lampu mati'],
    ['+6281340000009', 'lampu mati'],
    ['+62 813 4000 0009', 'lampu mati'],
    ['62 813-4000-0009', 'lampu mati'],
    ['+62 (0) 813 4000 0009', 'lampu mati'],
    ['0062 81340000009', 'lampu mati'],
  ])('%s is one', (written, words) => {
    expect(findMobile(`${words} ${written}`)).toEqual({ number: '+6281340000009', without: words })
  })

  test.each([
    ['lampu mati di km 3 081340000009', 'lampu mati di km 3'],
    ['lampu mati 081340000009 3 hari', 'lampu mati 3 hari'],
    ['lampu mati hp 081340000009, air juga', 'lampu mati hp , air juga'],
  ])('is found in "%s"', (text, without) => {
    expect(findMobile(text)).toEqual({ number: '+6281340000009', without })
  })

  test.each([
    'id pelanggan 812345678901',
    'sejak 08 12 2026 jam 14.30',
    'telepon 0511 3352345',
    'laporan 12345674',
    'nik 6371010101900001',
    'rt 08 rw 02',
  ])('is none in "%s"', (text) => {
    expect(findMobile(text)).toBeNull()
  })

  test('alone may lack the 0', () => {
    expect(findMobile('813 4000 0009', true)?.number).toBe('+6281340000009')
  })
})
