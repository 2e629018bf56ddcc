// A file that goes with a message: uploaded first, then sent by the id that Meta gave it.
// What Meta takes as picture, sound or film goes as such, everything else as a document.

import type { Enclosure } from '../../../message.ts'

type Shape = 'image' | 'audio' | 'video' | 'document'

/** [https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types] */
const SHAPES: Readonly<Record<string, Shape>> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'audio/aac': 'audio',
  'audio/amr': 'audio',
  'audio/mpeg': 'audio',
  'audio/mp4': 'audio',
  'audio/ogg': 'audio',
  'video/mp4': 'video',
  'video/3gpp': 'video',
}

const shapeOf = ({ contentType }: Enclosure): Shape => SHAPES[contentType] ?? 'document'

export function uploadForm(file: Enclosure, bytes: Uint8Array): FormData {
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', file.contentType)
  const copy = new Uint8Array(bytes)
  form.set('file', new Blob([copy], { type: file.contentType }), `lampiran.${endingOf(file)}`)
  return form
}

export function fileBody(file: Enclosure, id: string): object {
  const type = shapeOf(file)
  const named = type === 'document' ? { filename: `lampiran.${endingOf(file)}` } : {}
  return { type, [type]: { id, ...named } }
}

/** `jpeg` of `image/jpeg`. */
function endingOf({ contentType }: Enclosure): string {
  return contentType.slice(contentType.indexOf('/') + 1).replace(/[^a-z0-9]/g, '')
}
