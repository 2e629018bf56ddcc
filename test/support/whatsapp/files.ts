// WhatsApp's hosts for files: what is uploaded lies under a path of theirs, sealed, until it is fetched.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export async function startFiles() {
  const kept = new Map<string, Buffer>()
  let refusals = 0
  const server = createServer((req, res) => {
    const { pathname } = new URL(req.url ?? '', 'http://x')
    if (req.method === 'GET') {
      const bytes = kept.get(pathname)
      res.writeHead(bytes === undefined ? 404 : 200).end(bytes)
      return
    }
    const parts: Buffer[] = []
    req.on('data', (part: Buffer) => void parts.push(part))
    req.on('end', () => {
      if (refusals > 0) {
        refusals -= 1
        res.writeHead(401).end()
        return
      }
      const path = `/v${pathname}`
      kept.set(path, Buffer.concat(parts))
      res.end(JSON.stringify({ url: `https://mmg.whatsapp.net${path}`, direct_path: path }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const authority = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ authority, kept, url: `http://${authority}` },
    /** The next so many uploads. */
    refuse: (times: number) => {
      refusals = times
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
