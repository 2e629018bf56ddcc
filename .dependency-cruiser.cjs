// The arrows of ARCHITECTURE.md as rules: folders import only downwards.
// scripts/seeded-violation.mjs proves that a wrong arrow is caught.

const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  comment: `${from} may import only: ${allowed.join(', ')}`,
  from: { path: from },
  to: { pathNot: [from, ...allowed], path: '^(src|node_modules)/|^node:' },
})

const MESSAGE = '^src/(message|clock)\\.ts$'
const RULES = '^src/complaints/'
const CITY = '^src/city/'
const PORTS = '^src/(channels/channel|store/(store|[a-z]+-port))\\.ts$'
const CHANNEL_PORT = '^src/channels/channel\\.ts$'
/** Pure words about text length and alphabet: no wire, no provider. */
const TEXT = '^src/channels/text\\.ts$'
const npm = (...names) => `node_modules/(${names.join('|')})/`
// dependency-cruiser names node's own modules without their prefix
const core = (...names) => `^(node:)?(${names.join('|')})$`

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: '(^src/main\\.ts|\\.d\\.ts)$' },
      to: {},
    },
    only('message-imports-nobody', '^src/message\\.ts$', []),
    only('clock-imports-nobody', '^src/clock\\.ts$', []),
    only('complaints-are-pure', '^src/complaints/', [MESSAGE]),
    only('city-reads-configuration', '^src/city/', [
      MESSAGE,
      npm('yaml', 'js-yaml', 'zod'),
      core('fs', 'path', 'fs/promises'),
    ]),
    only('conversation-is-pure', '^src/conversation/', [
      MESSAGE,
      RULES,
      CITY,
      npm('zod', 'fastest-levenshtein'),
    ]),
    {
      name: 'conversation-without-io',
      severity: 'error',
      from: { path: '^src/(conversation|complaints)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'channels-import-no-other-channel',
      severity: 'error',
      from: { path: '^src/channels/((?:sms/)?[^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/$1/' },
    },
    only('channels-know-only-their-port', '^src/channels/', [
      MESSAGE,
      npm(
        ...['zod', 'pino', 'twilio', 'telegraf', '@whiskeysockets/baileys', 'libphonenumber-js'],
        'qrcode-terminal',
        'sms-segments-calculator',
      ),
      core(
        ...['http', 'https', 'readline', 'crypto', 'stream', 'events', 'url', 'querystring'],
        ...['dns', 'net'],
      ),
    ]),
    only('store-remembers', '^src/store/', [
      MESSAGE,
      RULES,
      npm('drizzle-orm', 'better-sqlite3', 'pg', 'zod'),
      core('crypto', 'fs', 'path', 'url', 'fs/promises'),
    ]),
    only('pump-imports-nobody', '^src/pump\\.ts$', []),
    only('media-keeps', '^src/media/', [
      MESSAGE,
      PORTS,
      '^src/pump\\.ts$',
      '^src/channels/patience\\.ts$',
      npm('file-type', 'sharp'),
      core('crypto', 'fs/promises', 'path'),
    ]),
    only('notify-speaks', '^src/notify/', [
      MESSAGE,
      '^src/pump\\.ts$',
      RULES,
      CITY,
      '^src/conversation/(phrases|turn)\\.ts$',
      PORTS,
      TEXT,
      npm('node-cron', 'zod'),
    ]),
    only('spool-waits-for-the-store', '^src/spool(\\.ts$|/)', [
      MESSAGE,
      PORTS,
      '^src/in-turn\\.ts$',
      npm('zod'),
      core('fs/promises', 'path', 'zlib'),
    ]),
    only(
      'settings-read-the-environment',
      '^src/(settings|(store|channel)-settings|environment)\\.ts$',
      [MESSAGE, '^src/(environment|(store|channel)-settings)\\.ts$', npm('zod')],
    ),
    only('http-mounts', '^src/(http|problem)\\.ts$', [
      CHANNEL_PORT,
      '^src/channels/webhook\\.ts$',
      '^src/problem\\.ts$',
      npm('express', 'zod'),
      core('crypto', 'http'),
    ]),
    only(
      'gateway-turns',
      '^src/(gateway|groups|identities|commit-turn|deciding-fault|effects|reply|turns|turn-record|turn-media|in-turn|casework|merge-chain|turn-facts|desk-facts|desk-tasks|desk-around|figures|statistics|api|code-mask|complaint-json)\\.ts$',
      [
        MESSAGE,
        RULES,
        CITY,
        '^src/conversation/',
        '^src/notify/',
        PORTS,
        TEXT,
        '^src/(gateway|groups|identities|commit-turn|deciding-fault|effects|reply|turns|turn-record|turn-media|in-turn|casework|merge-chain|turn-facts|desk-facts|desk-tasks|desk-around|figures|statistics|problem|code-mask|complaint-json)\\.ts$',
        npm('express', 'zod'),
      ],
    ),
    only('commands-operate', '^src/commands/', [
      MESSAGE,
      RULES,
      CITY,
      '^src/conversation/',
      '^src/notify/(herald|retention)\\.ts$',
      PORTS,
      '^src/channels/measure\\.ts$',
      '^src/(cli|data-key|gateway|settings|startup|store-settings)\\.ts$',
      '^src/store/(backup|beside|contents|open|postgres-look|restore|seal|sqlite-file)\\.ts$',
      core('fs', 'path', 'readline/promises', 'tty'),
    ]),
    {
      name: 'only-main-knows-adapters-and-drivers',
      severity: 'error',
      from: {
        pathNot:
          '^src/((main|configured-channels|channels-beside|chat-terminal)\\.ts|commands/|channels/|store/)',
      },
      to: {
        path: '^src/(channels/(sms|telegram|terminal|whatsapp)/|store/(?!(store|[a-z]+-port)\\.ts))',
      },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
}
