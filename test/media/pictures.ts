// Real files for tests, made on the spot: pictures with what cameras write into them, bombs, programs in disguise.

import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** Alun-alun of nowhere: 3° 19' 12" south, 114° 35' 24" east. */
export const TAKEN_AT = { lat: -3.32, lon: 114.59 }

const GPS = {
  GPSLatitudeRef: 'S',
  GPSLatitude: '3/1 19/1 12/1',
  GPSLongitudeRef: 'E',
  GPSLongitude: '114/1 35/1 24/1',
}

export const plain = (width = 64, height = 48) =>
  sharp({ create: { width, height, channels: 3, background: '#248' } })

/** A photo as a phone takes it: where, by what, and which way up. */
export function phonePhoto(gps: Record<string, string> = GPS): Promise<Buffer> {
  return plain()
    .withExif({ IFD0: { Make: 'MadeUpPhone', Copyright: 'Budi' }, IFD3: gps })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
}

/** A PNG of this size in a few hundred bytes: its rows are all the same, and zlib knows it. */
export function smallPngOf(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const ends = Buffer.alloc(8)
    ends.writeUInt32BE(data.length, 0)
    ends.writeUInt32BE(crc32(named), 4)
    return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const rows = deflateSync(Buffer.alloc(1000))
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** The first bytes of a program for Linux, and for Windows. */
export const PROGRAMS = {
  elf: Buffer.concat([
    Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]),
    Buffer.alloc(8),
    Buffer.from([2, 0, 0x3e, 0, 1, 0, 0, 0]),
    Buffer.alloc(40),
  ]),
  exe: Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]),
  script: Buffer.from('#!/bin/sh\nrm -rf /\n'),
  page: Buffer.from('<!doctype html><script>alert(1)</script>'),
  drawing: Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
}

/** A voice note's first page, as far as its kind is told by it. */
export const VOICE = Buffer.concat([
  Buffer.from('OggS\0\x02', 'latin1'),
  Buffer.alloc(8),
  Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 19]),
  Buffer.from('OpusHead\x01\x01', 'latin1'),
  Buffer.alloc(30),
])

export const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
