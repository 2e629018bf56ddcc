// Of the library that draws a QR in signs: what the link printer needs.

declare module 'qrcode-terminal' {
  const qrcode: {
    generate(words: string, how: { readonly small: boolean }, done: (drawn: string) => void): void
  }
  export = qrcode
}
