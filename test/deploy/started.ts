// Starts what the Dockerfile's steps brought about, as the container would: its entry, its environment, its folder.
// Only the address differs: loopback, on whatever port is free.

import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { type GatewayProcess, spawnGateway } from '../support/gateway-process.ts'
import type { Built } from './dockerfile.ts'

export interface Started {
  readonly url: string
  readonly process: GatewayProcess
  /** The exit code of the image's own HEALTHCHECK. */
  healthcheck(): number | null
}

export async function startBuilt(image: Built): Promise<Started> {
  const [program = ''] = image.entrypoint
  const file = join(image.root, 'usr/local/bin', program)
  const cwd = join(image.root, image.workdir)
  const path = [dirname(file), dirname(process.execPath), '/usr/bin', '/bin'].join(':')
  const env = { ...image.env, PATH: path, HOST: '127.0.0.1', PORT: '0' }
  const child = spawnGateway({ args: image.cmd, env, program: { file, cwd } })
  const [, port = ''] = await child.prints(/http:\/\/127\.0\.0\.1:(\d+)/)
  const [probe = '', ...args] = image.healthcheck
  return {
    url: `http://127.0.0.1:${port}`,
    process: child,
    healthcheck: () => spawnSync(probe, args, { env: { ...env, PORT: port }, cwd }).status,
  }
}
