// Cleaning, transliterating, counting and cutting, held against another implementation where there is one.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { GSM7_BASIC, GSM7_EXTENSION } from '../../src/channels/gsm7.ts'
import {
  cleanText,
  fitSegments,
  numberedParts,
  segmentsOf,
  toGsm7,
} from '../../src/channels/text.ts'

describe('cleanText', () => {
  const rows: readonly [string, string, string][] = [
    ['keeps plain words', 'Lampu jalan mati, tolong!', 'Lampu jalan mati, tolong!'],
    ['keeps newlines, in one spelling', 'a\r\nb\rc\u2028d\u0085e\vf', 'a\nb\nc\nd\ne\nf'],
    ['makes a tab a space', 'a\tb', 'a b'],
    ['drops NUL and other controls', 'a\u0000b\u0007c\u001bd\u007fe\u0090f', 'abcdef'],
    ['drops direction marks', '\u202eitam\u202c \u200eair\u200f \u2066x\u2069\u061c', 'itam air x'],
    ['drops what has no width', 'ko\u200bso\u200cng\ufeff\u2060\u00ad\u180e', 'kosong'],
    ['drops tags that hide words', 'a\u{e0041}\u{e0042}b', 'ab'],
    ['keeps the joiner inside an emoji', '👨‍👩‍👧 ❤️‍🔥 👩🏽‍🚒', '👨‍👩‍👧 ❤️‍🔥 👩🏽‍🚒'],
    ['drops a joiner between letters', 'ba\u200dnjir \u200d👍\u200d', 'banjir 👍'],
    ['composes letters', 'e\u0301', 'é'],
    ['replaces half a pair', 'a\ud83d b\udc4d', 'a\ufffd b\ufffd'],
    ['keeps right-to-left words themselves', 'السلام عليكم', 'السلام عليكم'],
    ['leaves nothing of nothing', '', ''],
  ]
  test.each(rows)('%s', (_name, raw, clean) => {
    expect(cleanText(raw)).toBe(clean)
  })

  test('is finished after one pass, whatever comes in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const clean = cleanText(raw)
        expect(cleanText(clean)).toBe(clean)
        expect(clean).not.toMatch(/(?!\n)\p{Cc}|\p{Surrogate}|\p{Bidi_Control}/u)
      }),
    )
  })
})

describe('toGsm7', () => {
  const rows: readonly [string, string, string][] = [
    ['typographic quotes', '‘a’ “b” „c‟ «d»', `'a' "b" "c" "d"`],
    ['dashes and ellipses', 'a – b — c ‑ d…', 'a - b - c - d...'],
    ['hard and narrow spaces', 'a\u00a0b\u202fc\u2009d', 'a b c d'],
    ['bullets', '• satu', '- satu'],
    ['accents that GSM-7 lacks', 'â ê î ô û ç ã ő š', 'a e i o u c a o s'],
    ['letters that have no accent to lose', 'đ ł œ Œ þ', 'd l oe OE th'],
    ['fractions, powers, ligatures', '½ m² ﬁ ™', '1/2 m2 fi TM'],
    ['wide letters', 'ＡＢＣ１', 'ABC1'],
    ['a keycap', '1️⃣ RT', '1 RT'],
    ['what GSM-7 has', 'é Ö ß @ £ € [ ] ~ Δ', 'é Ö ß @ £ € [ ] ~ Δ'],
  ]
  test.each(rows)('writes %s plainly', (_name, fancy, plain) => {
    expect(toGsm7(fancy)).toBe(plain)
    expect(segmentsOf(toGsm7(fancy)).encoding).toBe('gsm7')
  })

  test('leaves a text alone that needs UCS-2 anyway', () => {
    expect(toGsm7('“Siap” 👍')).toBe('“Siap” 👍')
    expect(toGsm7('“مرحبا”')).toBe('“مرحبا”')
  })
})

describe('segmentsOf', () => {
  const rows: readonly [string, string, 'gsm7' | 'ucs2', number][] = [
    ['nothing', '', 'gsm7', 1],
    ['160 letters', 'a'.repeat(160), 'gsm7', 1],
    ['161 letters', 'a'.repeat(161), 'gsm7', 2],
    ['306 letters', 'a'.repeat(306), 'gsm7', 2],
    ['307 letters', 'a'.repeat(307), 'gsm7', 3],
    ['80 brackets', '['.repeat(80), 'gsm7', 1],
    ['81 brackets', '['.repeat(81), 'gsm7', 2],
    ['an escape pair that would be split', `${'a'.repeat(152)}[${'a'.repeat(152)}`, 'gsm7', 3],
    ['newlines count one', `${'a'.repeat(159)}\n`, 'gsm7', 1],
    ['70 with one curly quote', `’${'a'.repeat(69)}`, 'ucs2', 1],
    ['71 with one curly quote', `’${'a'.repeat(70)}`, 'ucs2', 2],
    ['35 emoji', '👍'.repeat(35), 'ucs2', 1],
    ['36 emoji', '👍'.repeat(36), 'ucs2', 2],
    ['67 emoji: 33 to a segment', '👍'.repeat(67), 'ucs2', 3],
  ]
  test.each(rows)('%s', (_name, text, encoding, segments) => {
    expect(segmentsOf(text)).toEqual({ encoding, segments })
  })

  test("agrees with Twilio's own calculator on GSM-7", () => {
    const unit = fc.constantFrom(...GSM7_BASIC, ...GSM7_EXTENSION)
    fc.assert(
      fc.property(fc.string({ unit, minLength: 1, maxLength: 700 }), (text) => {
        const theirs = new SegmentedMessage(text)
        expect(theirs.getEncodingName()).toBe('GSM-7')
        expect(segmentsOf(text)).toEqual({ encoding: 'gsm7', segments: theirs.segmentsCount })
      }),
    )
  })

  test("agrees with Twilio's own calculator on UCS-2", () => {
    const unit = fc.constantFrom('a', 'é', '’', 'م', '漢', '👍', ' ', '\n', '[')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 400 }), (some) => {
        const text = `’${some}`
        expect(segmentsOf(text)).toEqual({
          encoding: 'ucs2',
          segments: new SegmentedMessage(text).segmentsCount,
        })
      }),
    )
  })

  test("knows the same alphabet as Twilio's own calculator", () => {
    const differing = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code)).filter(
      (one) =>
        (segmentsOf(one).encoding === 'gsm7') !==
        (new SegmentedMessage(one).getEncodingName() === 'GSM-7'),
    )
    expect(differing).toEqual([])
  })
})

describe('fitSegments', () => {
  const tail = '... STATUS 12345670'

  test('leaves alone what fits', () => {
    expect(fitSegments('pendek', 1, tail)).toBe('pendek')
  })

  test('cuts at a word, and says where the rest is', () => {
    const cut = fitSegments('perbaikan '.repeat(40), 1, tail)
    expect(cut).toBe(`${'perbaikan '.repeat(14).trim()}${tail}`)
    expect(cut.length).toBeLessThanOrEqual(160)
  })

  test('cuts inside a word that never ends', () => {
    const cut = fitSegments('a'.repeat(500), 2, tail)
    expect(cut).toBe(`${'a'.repeat(306 - tail.length)}${tail}`)
  })

  test('gives nothing but the tail when there is no room', () => {
    expect(fitSegments('👍'.repeat(100), 1, 'x'.repeat(70))).toBe('x'.repeat(70))
  })

  test('always fits, ends with its tail and breaks no character', () => {
    const unit = fc.constantFrom('a', ' ', '[', '’', '👨‍👩‍👧', '🇮🇩', 'é', '\n', 'e\u0301')
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 900 }),
        fc.integer({ min: 1, max: 3 }),
        (text, max) => {
          const cut = fitSegments(text, max, tail)
          expect(segmentsOf(cut).segments).toBeLessThanOrEqual(max)
          if (cut === text) return
          const kept = cut.slice(0, -tail.length)
          expect(cut.endsWith(tail)).toBe(true)
          expect(text.startsWith(kept)).toBe(true)
          expect(graphemes(text).slice(0, graphemes(kept).length)).toEqual(graphemes(kept))
        },
      ),
    )
  })
})

describe('numberedParts', () => {
  test('leaves a short text whole and unnumbered', () => {
    expect(numberedParts('a'.repeat(160), 160)).toEqual(['a'.repeat(160)])
  })

  test('numbers what does not fit, cut at words', () => {
    expect(numberedParts('satu dua tiga empat lima', 20)).toEqual([
      '(1/3) satu dua',
      '(2/3) tiga empat',
      '(3/3) lima',
    ])
  })

  test('loses nothing but the space at a cut, and breaks no character', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '👨‍👩‍👧', '🇮🇩', 'é')
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 600 }), (text) => {
        const parts = numberedParts(text, 60)
        expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(60)
        const bodies = parts.map((part) =>
          parts.length > 1 ? part.replace(/^\(.*?\) /, '') : part,
        )
        const bare = (some: string) => graphemes(some).filter((one) => one !== ' ')
        expect(bodies.flatMap(bare)).toEqual(bare(text))
      }),
    )
  })

  test('a grapheme longer than a message is split all the same', () => {
    const parts = numberedParts(`e${'\u0301'.repeat(300)}`, 100)
    expect(parts.every((part) => part.length <= 100)).toBe(true)
  })
})

function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter('und').segment(text), ({ segment }) => segment)
}
