// Pictures: what is left of one after it was drawn anew, where it says it was taken, and what is refused.

import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import sharp from 'sharp'
import { kindOf } from '../../src/media/kind.ts'
import { createPictures } from '../../src/media/picture.ts'
import { positionIn } from '../../src/media/position.ts'
import { PDF, PROGRAMS, phonePhoto, plain, smallPngOf, TAKEN_AT, VOICE } from './pictures.ts'

const { redraw } = createPictures()

async function redrawn(bytes: Uint8Array) {
  const made = await redraw(bytes)
  if (made.outcome !== 'redrawn') throw new Error(`it is ${made.outcome}`)
  return made
}

describe('a picture that is drawn anew', () => {
  test('has lost everything that was in its file beside the picture', async () => {
    const original = await phonePhoto()
    const before = await sharp(original).metadata()
    expect([before.exif === undefined, before.orientation]).toEqual([false, 6])
    const { bytes, contentType } = await redrawn(original)
    const after = await sharp(bytes).metadata()
    expect(contentType).toBe('image/jpeg')
    for (const kind of ['exif', 'icc', 'iptc', 'xmp', 'orientation', 'comments'] as const)
      expect([kind, after[kind]]).toEqual([kind, undefined])
    expect(Buffer.from(bytes).includes('MadeUpPhone')).toBe(false)
  })

  test('stands upright, as the phone meant it', async () => {
    const { width, height } = await sharp((await redrawn(await phonePhoto())).bytes).metadata()
    expect([width, height]).toEqual([48, 64])
  })

  test('says once where it was taken', async () => {
    const { position } = await redrawn(await phonePhoto())
    expect(position?.lat).toBeCloseTo(TAKEN_AT.lat, 6)
    expect(position?.lon).toBeCloseTo(TAKEN_AT.lon, 6)
    expect((await redrawn(await plain().jpeg().toBuffer())).position).toBeNull()
  })

  test.each(['png', 'webp', 'gif'] as const)('may have been a %s', async (format) => {
    const { contentType } = await redrawn(await plain().toFormat(format).toBuffer())
    expect(contentType).toBe('image/jpeg')
  })

  test('carries nothing that was hung on behind it', async () => {
    const hidden = Buffer.concat([await plain().jpeg().toBuffer(), PROGRAMS.script])
    expect(Buffer.from((await redrawn(hidden)).bytes).includes('rm -rf')).toBe(false)
  })

  test('is no larger than a screen can show', async () => {
    const { bytes } = await redrawn(await plain(5000, 20).png().toBuffer())
    expect((await sharp(bytes).metadata()).width).toBe(4096)
  })

  test('is refused by its header where it is a bomb, without being decoded', async () => {
    const bomb = smallPngOf(50_000, 50_000)
    expect(bomb.length).toBeLessThan(200)
    expect(await redraw(bomb)).toEqual({ outcome: 'too-big' })
  })

  test('is refused where it is cut off or damaged', async () => {
    const whole = await plain(400, 300).png().toBuffer()
    expect(await redraw(whole.subarray(0, whole.length - 30))).toEqual({ outcome: 'unreadable' })
    expect(await redraw(smallPngOf(300, 300).fill(7, 45, 60))).toEqual({ outcome: 'unreadable' })
  })
})

describe('the place in a picture', () => {
  const placeOf = async (gps: Record<string, string>) => {
    const { exif } = await sharp(await phonePhoto(gps)).metadata()
    return exif === undefined ? undefined : positionIn(exif)
  }
  const here = { GPSLatitudeRef: 'N', GPSLongitudeRef: 'W' }

  test('is north or south, east or west', async () => {
    const place = await placeOf({
      ...here,
      GPSLatitude: '1/2 0/1 0/1',
      GPSLongitude: '9/1 30/1 0/1',
    })
    expect(place).toEqual({ lat: 0.5, lon: -9.5 })
  })

  test.each([
    ['off the globe', { GPSLatitude: '91/1 0/1 0/1', GPSLongitude: '9/1 0/1 0/1' }],
    ['where both lines cross', { GPSLatitude: '0/1 0/1 0/1', GPSLongitude: '0/1 0/1 0/1' }],
    ['divided by nothing', { GPSLatitude: '3/0 0/1 0/1', GPSLongitude: '9/1 0/1 0/1' }],
    ['half told', { GPSLatitude: '3/1 0/1 0/1' }],
  ])('is none where it is %s', async (_, gps) => {
    expect(await placeOf({ ...here, ...gps })).toBeNull()
  })

  test('is looked for in any bytes without harm', async () => {
    const { exif = Buffer.alloc(0) } = await sharp(await phonePhoto()).metadata()
    expect(positionIn(exif)).not.toBeNull()
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(exif.length - 1), fc.nat(255)), { maxLength: 20 }),
        fc.nat(exif.length),
        (changes, length) => {
          const bytes = Buffer.from(exif.subarray(0, length))
          for (const [at, value] of changes) if (at < length) bytes[at] = value
          const found = positionIn(bytes)
          if (found !== null)
            expect(Math.abs(found.lat) <= 90 && Math.abs(found.lon) <= 180).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('what an attachment is', () => {
  test.each(Object.entries(PROGRAMS))(
    'a %s is nothing we keep, whatever it is called',
    async (_, bytes) => {
      expect(await kindOf(bytes)).toBeNull()
    },
  )

  test('nothing at all is nothing we keep', async () => {
    expect(await kindOf(Buffer.alloc(0))).toBeNull()
    expect(await kindOf(Buffer.from('halo'))).toBeNull()
  })

  test.each([
    ['audio/ogg', VOICE],
    ['application/pdf', PDF],
  ])('%s is kept as it is', async (contentType, bytes) => {
    expect(await kindOf(bytes)).toEqual({ picture: false, contentType })
  })

  test("an iPhone's own format is a picture, which cannot be opened", async () => {
    const heic = Buffer.concat([
      Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'),
      Buffer.alloc(99),
    ])
    expect(await kindOf(heic)).toEqual({ picture: true, contentType: 'image/heic' })
    expect(await createPictures().redraw(heic)).toEqual({ outcome: 'unreadable' })
  })

  test('a photo is a picture', async () => {
    expect(await kindOf(await phonePhoto())).toEqual({ picture: true, contentType: 'image/jpeg' })
  })
})
