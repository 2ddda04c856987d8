import type { Attack } from './attack.ts'

const API_KEYS = 'apps/server/faults/attack/api-keys.test.ts'
const RUNS = 'apps/server/e2e/runs.test.ts'
const RUN_TOKENS = 'apps/server/faults/attack/run-tokens.test.ts'

/** Attacks that use an API key, or try to obtain one. */
export const API_KEY_ATTACKS: readonly Attack[] = [
  {
    id: 'A61',
    attack:
      'an API key calls what it was not made for: keys, purchases, settings, other procedures',
    expected: '403, and nothing is charged',
    tests: [
      `${API_KEYS} › may call $path only if it reads what a program needs`,
      'apps/server/e2e/api-keys.test.ts › outside of its procedures or its meters is refused with the reason, and costs nothing',
      `${API_KEYS} › is no session: sign-in knows no one by it, and changes nothing`,
    ],
  },
  {
    id: 'A62',
    attack: 'an API key is used on the operations, results and keys of another customer',
    expected: 'they were never there',
    tests: [
      `${API_KEYS} › learns nothing of another customer’s operation`,
      `${API_KEYS} › of another customer cannot be revoked`,
    ],
  },
  {
    id: 'A63',
    attack: 'a revoked or expired API key is used on, on another server too',
    expected: '401, at once where it was revoked and when notified elsewhere',
    tests: [
      'apps/server/e2e/api-keys.test.ts › that is revoked is refused by its server at once, and by another a moment later',
      'apps/server/e2e/api-keys.test.ts › that has expired, or never was one, is refused in words of its own',
    ],
  },
  {
    id: 'A64',
    attack: 'an API key leaks by an address, a log or the database',
    expected: 'no address is read for one, and only its hash is stored',
    tests: [
      `${API_KEYS} › is taken from no address, cookie or other header`,
      'apps/server/e2e/api-keys.test.ts › is shown once, stored as a hash, and listed with its use',
    ],
  },
  {
    id: 'A65',
    attack: 'API keys are guessed',
    expected: '256 random bits, and 429 for an address that guesses',
    tests: [
      `${API_KEYS} › cannot be guessed for long: an address is refused with 429 by every server, the others are not`,
      `${API_KEYS} › that is wrong is not made right by a session beside it`,
    ],
  },
  {
    id: 'A81',
    attack: 'keys are guessed at the door of agents, so that all agents have to wait',
    expected: '429 for the address that guesses, there and elsewhere, and for no other',
    tests: [
      `${API_KEYS} › is guessed at the door of agents, too, at the cost of the address that guesses alone`,
    ],
  },
  {
    id: 'A67',
    attack: 'a run takes more than its key or a run above it has: procedures, credits, time',
    expected: '403 when it is started, and no hold beyond any limit above it',
    tests: [
      'apps/server/e2e/run-attenuation.test.ts › no run ever has more than a key or a run above it: procedures, meters, credits or time',
      'apps/server/e2e/run-storm.test.ts › runs that all call at once spend every limit to its last credit and none further, while the limit of their key moves',
      `${RUNS} › is refused outside of its procedures and meters before anything is held`,
    ],
  },
  {
    id: 'A68',
    attack: 'a run goes on after its end, that of a run above it or of its key, in another process',
    expected: '401 at its next call everywhere, for the whole tree',
    tests: [
      `${RUNS} › that is ended is refused by every process at once, and with it every run below it`,
      `${RUNS} › ends at once in every process when its key is revoked`,
      `${RUN_TOKENS} › that has expired is refused`,
    ],
  },
  {
    id: 'A69',
    attack:
      'a run token is made up or altered, or used on the runs and operations of another customer',
    expected: '401, or they were never there',
    tests: [
      `${RUN_TOKENS} › that was made up or altered is refused`,
      `${RUN_TOKENS} › of one customer learns nothing of another’s runs and operations, and ends none`,
    ],
  },
]
