// What an attachment is, by its own bytes: neither its name nor its provider is believed.
// What is not on this list is not kept.

/** Drawn anew before it is kept, which leaves nothing in it but the picture. */
const PICTURES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif']
/** What an iPhone's camera writes. Where it cannot be drawn, its sender is told that, not that we take photos only. */
const HARD_PICTURES = ['image/heic', 'image/heif']
const OTHERS = [
  ...['audio/ogg', 'audio/mpeg', 'audio/mp4', 'audio/x-m4a', 'audio/amr', 'audio/aac', 'audio/wav'],
  ...['video/mp4', 'video/quicktime', 'video/webm', 'video/3gpp', 'application/pdf'],
]

export interface Kind {
  readonly picture: boolean
  readonly contentType: string
}

/** Null: nothing we keep. */
export async function kindOf(bytes: Uint8Array): Promise<Kind | null> {
  // Only who gets attachments pays for it: a start must stay short.
  const { fileTypeFromBuffer } = await import('file-type')
  const found = await fileTypeFromBuffer(bytes)
  const contentType = found?.mime.split(';')[0] ?? ''
  if ([...PICTURES, ...HARD_PICTURES].includes(contentType)) return { picture: true, contentType }
  return OTHERS.includes(contentType) ? { picture: false, contentType } : null
}
