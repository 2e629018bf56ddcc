// Where a picture says it was taken, out of its EXIF block: degrees north and east, or nothing.
// Anybody may have written it: every offset is looked at before it is followed. [EXIF 2.32, section 4.6.6; TIFF 6.0]

import type { Position } from '../message.ts'

const GPS_POINTER = 0x8825
const TAG = { northSouth: 1, latitude: 2, eastWest: 3, longitude: 4 } as const
const TYPE = { ascii: 2, rational: 5 } as const
const ENTRY_BYTES = 12
const MOST_ENTRIES = 1000

interface Tiff {
  readonly view: DataView
  readonly little: boolean
}

/** `exif` begins with `Exif\0\0`, or with the TIFF header itself. Null where it says no place, or an impossible one. */
export function positionIn(exif: Uint8Array): Position | null {
  try {
    const tiff = opened(exif)
    if (tiff === null) return null
    const gps = entryOf(tiff, tiff.view.getUint32(4, tiff.little), GPS_POINTER)
    if (gps === null) return null
    const at = tiff.view.getUint32(gps + 8, tiff.little)
    const lat = degrees(tiff, at, TAG.latitude, TAG.northSouth, 'S')
    const lon = degrees(tiff, at, TAG.longitude, TAG.eastWest, 'W')
    return lat === null || lon === null ? null : plausible(lat, lon)
  } catch (error) {
    // An offset that leads out of the block.
    if (error instanceof RangeError) return null
    throw error
  }
}

function opened(exif: Uint8Array): Tiff | null {
  const head = String.fromCharCode(...exif.subarray(0, 6)) === 'Exif\0\0' ? 6 : 0
  const view = new DataView(exif.buffer, exif.byteOffset + head, exif.byteLength - head)
  const order = view.getUint16(0)
  if (order !== 0x4949 && order !== 0x4d4d) return null
  const little = order === 0x4949
  return view.getUint16(2, little) === 42 ? { view, little } : null
}

/** Where the entry of this tag begins. */
function entryOf({ view, little }: Tiff, directory: number, tag: number): number | null {
  const entries = Math.min(view.getUint16(directory, little), MOST_ENTRIES)
  for (let n = 0; n < entries; n++) {
    const entry = directory + 2 + n * ENTRY_BYTES
    if (view.getUint16(entry, little) === tag) return entry
  }
  return null
}

/** Degrees, minutes and seconds as one number; negative where the letter beside them says so. */
function degrees(
  tiff: Tiff,
  directory: number,
  tag: number,
  letterTag: number,
  negative: string,
): number | null {
  const { view, little } = tiff
  const entry = entryOf(tiff, directory, tag)
  const letter = entryOf(tiff, directory, letterTag)
  if (entry === null || letter === null) return null
  if (view.getUint16(entry + 2, little) !== TYPE.rational) return null
  if (view.getUint32(entry + 4, little) !== 3) return null
  if (view.getUint16(letter + 2, little) !== TYPE.ascii) return null
  const at = view.getUint32(entry + 8, little)
  const parts = [0, 1, 2].map((part) => {
    const over = view.getUint32(at + part * 8 + 4, little)
    const value = view.getUint32(at + part * 8, little)
    // Cameras write 0/0 for a part they do not know.
    return value === 0 ? 0 : value / over / 60 ** part
  })
  const whole = parts.reduce((sum, part) => sum + part, 0)
  return String.fromCharCode(view.getUint8(letter + 8)).toUpperCase() === negative ? -whole : whole
}

/** Not off the globe; nor exactly where both lines cross, which is how a camera says that it does not know. */
function plausible(lat: number, lon: number): Position | null {
  const there = Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && (lat !== 0 || lon !== 0)
  return there ? { lat, lon } : null
}
