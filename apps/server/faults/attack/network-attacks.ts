import type { Attack } from './attack.ts'

const REQUESTS = 'apps/server/faults/attack/requests.test.ts'
const DEPENDENCIES = 'packages/testing/src/dependencies/dependencies.test.ts'
const STORES = 'apps/server/src/open-stores.test.ts'

/** Attacks from the network, a backend or a dependency. */
export const NETWORK_ATTACKS: readonly Attack[] = [
  {
    id: 'A27',
    attack: 'webhooks are forged, old, changed or repeated',
    expected: 'refused, or without effect',
    tests: [
      'packages/flowglad/src/read-webhook.test.ts › readWebhook',
      'apps/server/e2e/webhooks.test.ts › that comes fifty times at once is acted upon once',
      'apps/server/e2e/webhooks.test.ts › is refused without details and has no effect',
    ],
  },
  {
    id: 'A34',
    attack: 'errors tell about the inside',
    expected: 'generic text',
    tests: [
      `${REQUESTS} › SQL in text stays text: %j`,
      'packages/api/src/billed-calls.test.ts › is never %d: the work does not run and the reason is only in the log',
    ],
  },
  {
    id: 'A35',
    attack: 'a body over the limit',
    expected: '413',
    tests: ['apps/server/faults/attack/surface.test.ts › refuses a body over the limit'],
  },
  {
    id: 'A36',
    attack: 'half headers and slow bodies',
    expected: 'closed; others go on',
    reason:
      'Sockets belong to the fuzz and soak programmes, which hold hundreds of them open for minutes; a copy here would only be slower.',
  },
  {
    id: 'A37',
    attack: 'malformed hosts and paths',
    expected: 'below 500',
    tests: [
      `${REQUESTS} › the path %s leads nowhere`,
      `${REQUESTS} › a Host that is none is answered below 500`,
    ],
  },
  {
    id: 'A38',
    attack: 'the server fetches an address that a caller names',
    expected: 'it never does',
    reason:
      'No input of the product is an address that is fetched: return addresses are paths on our own origin (A07), and the backend comes from the configuration alone.',
  },
  {
    id: 'A39',
    attack: 'SQL in every text',
    expected: 'text stays text',
    tests: [`${REQUESTS} › SQL in text stays text: %j`],
  },
  {
    id: 'A41',
    attack: 'logs tell about people, or what they had made',
    expected: 'redacted',
    tests: [
      'apps/server/src/create-logger.test.ts › keeps what identifies people to itself',
      'apps/server/e2e/private-logs.test.ts › log that a provider failed, without what it was asked',
      'apps/server/e2e/private-logs.test.ts › log that a mail was refused, without the address of its reader',
      'packages/embedded-postgres/src/start-embedded-postgres.test.ts › keeps the values of refused rows out of its log',
    ],
  },
  {
    id: 'A45',
    attack: 'a key is guessed from how long its comparison takes',
    expected: 'keys are looked up by hash',
    tests: ['packages/ledger/src/organizations/isolation.test.ts › stores only the hash of a key'],
  },
  {
    id: 'A46',
    attack: 'dev controls in production, or from the network',
    expected: 'not there',
    tests: [
      'apps/server/src/production-build.test.ts › has no trace of what exists to make it fail',
      'apps/devtools/src/panel/loopback-only.test.ts › refuses %s, which asks by a name of this machine',
    ],
  },
  {
    id: 'A49',
    attack: 'a customer opens streams without end',
    expected: 'eight, then refused',
    tests: ['apps/server/faults/attack/surface.test.ts › bounds the open streams of one customer'],
  },
  {
    id: 'A50',
    attack: 'an upgrade to WebSocket',
    expected: 'not there',
    tests: [`${REQUESTS} › is not there`],
  },
  {
    id: 'A51',
    attack: 'input that takes long to read',
    expected: '400 or 413',
    tests: [`${REQUESTS} › %s is answered below 500, and pollutes nothing`],
  },
  {
    id: 'A52',
    attack: 'the dev server of the web client is reachable',
    expected: 'loopback only, and not in production',
    reason:
      'Vite listens on loopback unless configured otherwise, and `npm start` serves a build without it; the panel it stands in front of has A46.',
  },
  {
    id: 'A53',
    attack: 'a dependency brings a script or a release of yesterday',
    expected: 'installation fails',
    tests: [
      `${DEPENDENCIES} › runs a script when it is installed only if it was reviewed`,
      `${DEPENDENCIES} › was published three days before it is installed for the first time`,
    ],
  },
  {
    id: 'A54',
    attack: 'a component rewrites the ledger or changes the schema',
    expected: 'permission denied',
    tests: [
      `${STORES} › lets no component do this: %s`,
      `${STORES} › lets metering change how far an event has come, and not what it says`,
      `${STORES} › has the billing backend work under a login that cannot rewrite its ledger`,
    ],
  },
]
