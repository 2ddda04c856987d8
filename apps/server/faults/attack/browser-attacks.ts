import type { Attack } from './attack.ts'

const REQUESTS = 'apps/server/faults/attack/requests.test.ts'
const ORIGINS = 'apps/server/faults/attack/origins.test.ts'
const SESSIONS = 'apps/server/faults/attack/sessions.test.ts'
const SIGN_IN = 'apps/server/e2e/sign-in.test.ts'

/** Attacks by hostile pages, by guessing passwords, or with a stolen token. */
export const BROWSER_ATTACKS: readonly Attack[] = [
  {
    id: 'A19',
    attack: 'a form of another site posts to a mutation with our cookie',
    expected: '403 or 415',
    tests: [`${ORIGINS} › cannot post %s, which needs no permission`],
  },
  {
    id: 'A20',
    attack: 'text/plain, urlencoded or no content type',
    expected: '403 or 415',
    tests: [`${ORIGINS} › cannot post %s, which needs no permission`],
  },
  {
    id: 'A21',
    attack: 'JSON from another origin with our cookie',
    expected: '403',
    tests: [
      `${ORIGINS} › %s cannot post with our cookie`,
      `${SIGN_IN} › refuse a foreign page that signs a visitor in`,
    ],
  },
  {
    id: 'A22',
    attack: 'a mutation by another method, or by overriding it',
    expected: '404 or 405',
    tests: [`${REQUESTS} › %s does not write`, `${REQUESTS} › is not overridden by a header`],
  },
  {
    id: 'A23',
    attack: 'another origin reads answers',
    expected: 'no permission in any answer',
    tests: [`${ORIGINS} › %s is not let read answers`],
  },
  {
    id: 'A24',
    attack: 'a sibling of our site posts with our cookie',
    expected: '403: origins match exactly',
    tests: [`${ORIGINS} › %s cannot post with our cookie`],
  },
  {
    id: 'A25',
    attack: 'a bearer token from another origin',
    expected: 'works: no page can have it',
    tests: [`${SIGN_IN} › is never in an answer that a page of ours can read`],
  },
  {
    id: 'A26',
    attack: 'a session is planted, or used after it ended',
    expected: '401',
    tests: [
      `${SESSIONS} › is a new one after signing in, so that a planted one is worth nothing`,
      `${SESSIONS} › elsewhere is over when the password changes`,
      `${SESSIONS} › is nothing that can be made up`,
      `${SIGN_IN} › is refused without the signature of the server`,
    ],
  },
  {
    id: 'A28',
    attack: 'passwords are guessed',
    expected: '429 by address and by account',
    tests: [
      `${SIGN_IN} › gets the time to wait when one address makes too many attempts`,
      `${SIGN_IN} › ends after ten attempts at one account, at once and from however many addresses`,
    ],
  },
  {
    id: 'A29',
    attack: 'a guesser claims ever new addresses',
    expected: 'still 429',
    tests: ['apps/server/faults/attack/surface.test.ts › counts a caller by its socket, whatever'],
  },
  {
    id: 'A30',
    attack: 'a guesser uses all addresses of an IPv6 network',
    expected: '429: a network counts as one',
    tests: [`${SIGN_IN} › are counted once for all addresses of one IPv6 network`],
  },
  {
    id: 'A31',
    attack: 'everybody without an address header shares one limit',
    expected: 'the socket is the address',
    tests: ['apps/server/faults/attack/surface.test.ts › counts a caller by its socket, whatever'],
  },
  {
    id: 'A32',
    attack: 'sign-in leads to another site',
    expected: '403',
    tests: [`${SESSIONS} › is never %s`],
  },
  {
    id: 'A33',
    attack: 'answers tell which addresses have an account',
    expected: 'sign-in answers alike; sign-up is bounded (decision 016)',
    tests: [`${SIGN_IN} › learns from no answer whether an address has an account`],
  },
  {
    id: 'A40',
    attack: 'secrets in what a browser loads',
    expected: 'none',
    tests: ['apps/web/e2e/bundle.e2e.ts › holds no server code'],
  },
  {
    id: 'A42',
    attack: 'a page is framed, or runs a foreign script',
    expected: 'headers forbid it',
    tests: [
      'apps/server/src/http/security-headers.test.ts › lets scripts and styles come from us alone',
    ],
  },
  {
    id: 'A43',
    attack: 'a shared cache keeps an answer',
    expected: 'no-store',
    tests: [
      'apps/server/faults/attack/surface.test.ts › lets no cache keep an answer about a customer',
    ],
  },
  {
    id: 'A44',
    attack: 'a name is a script',
    expected: 'shown as text',
    tests: ['packages/ledger/src/checkout/checkout.test.ts › escapes names, for any content'],
  },
]
