import type { Attack } from './attack.ts'

const REQUESTS = 'apps/server/faults/attack/requests.test.ts'
const OWN_DATA = 'apps/server/faults/attack/own-data-only.test.ts'

/** Attacks by a signed-in customer who wants to pay less or see more. */
export const CUSTOMER_ATTACKS: readonly Attack[] = [
  {
    id: 'A01',
    attack: 'a browser posts its own usage events',
    expected: 'there is no such route',
    tests: [
      'apps/server/faults/attack/surface.test.ts › answers no route of a billing SDK',
      'packages/testing/src/lint/lint-rules.test.ts › refuse a usage event by hand: %s',
    ],
  },
  {
    id: 'A02',
    attack: 'a transaction id is guessed and used first, for one credit',
    expected: 'ids cannot be guessed, and an event whose id was taken is quarantined',
    tests: [
      'packages/metering/src/relay.test.ts › delivers with ids that cannot be guessed',
      'packages/metering/src/relay.test.ts › sets an event aside when the backend holds another amount under its id',
    ],
  },
  {
    id: 'A03',
    attack: 'usage is charged to the subscription of another customer',
    expected: 'no input names a subscription',
    tests: [`${OWN_DATA} › $path says and changes nothing of the victim`],
  },
  {
    id: 'A04',
    attack: 'other routes of the billing SDK are called through the server',
    expected: '404: the server has none of them',
    tests: ['apps/server/faults/attack/surface.test.ts › answers no route of a billing SDK'],
  },
  {
    id: 'A05',
    attack: 'a plan is changed to a hidden price, or by an odd quantity',
    expected: '400: only prices of pricing.yaml, and no quantity is read',
    tests: [
      'packages/api/src/billing/billing.test.ts › sells only what pricing.yaml names',
      'packages/ledger/src/commands/adjust-subscription.test.ts › for the free plan, beside a cancellation and for a wrong timing',
    ],
  },
  {
    id: 'A06',
    attack: 'a checkout is opened for a price that is not for sale',
    expected: '400 or 404',
    tests: ['packages/api/src/billing/billing.test.ts › sells only what pricing.yaml names'],
  },
  {
    id: 'A07',
    attack: 'a checkout returns to a script or to another site',
    expected: '400',
    tests: ['packages/api/src/billing/billing.test.ts › never goes to %j'],
  },
  {
    id: 'A08',
    attack: 'huge, deep or prototype-polluting input',
    expected: '400 or 413; nothing is polluted',
    tests: [`${REQUESTS} › %s is answered below 500, and pollutes nothing`],
  },
  {
    id: 'A09',
    attack: 'every procedure is called with the identifiers of another customer',
    expected: 'nothing of that customer is said or changed',
    tests: [
      `${OWN_DATA} › $path says and changes nothing of the victim`,
      'apps/server/faults/attack/owner-inputs.test.ts › has an owner test',
      'apps/server/faults/attack/owner-inputs.test.ts › is named when it has no owner test',
      'packages/ledger/src/organizations/isolation.test.ts › hides everything from another organisation',
    ],
  },
  {
    id: 'A10',
    attack: 'the operation of another customer is asked about',
    expected: 'it was never there',
    tests: [`${OWN_DATA} › $path says and changes nothing of the victim`],
  },
  {
    id: 'A11',
    attack: "another customer's operation key is replayed",
    expected: 'an operation of its own, never the stored result',
    tests: [`${OWN_DATA} › a key of the victim makes an operation of the attacker’s own`],
  },
  {
    id: 'A12',
    attack: 'operation keys of other lengths and letters',
    expected: '400',
    tests: ['packages/trpc/src/http/read-operation-key.test.ts › readOperationKey'],
  },
  {
    id: 'A13',
    attack: 'keys are opened by the hundred thousand',
    expected: '429',
    tests: [
      'packages/api/src/billed-calls.test.ts › answers 429 with Retry-After before anything is parsed or held',
      'apps/server/e2e/slow-work.test.ts › of one customer is refused beyond a bound until some of it has ended',
    ],
  },
  {
    id: 'A14',
    attack: 'input that drives the cost below zero or beyond all numbers',
    expected: '400, or an error before anything runs',
    tests: [
      'packages/api/src/billed-calls.test.ts › is never %d: the work does not run and the reason is only in the log',
      `${REQUESTS} › is no text of the wrong kind: %j`,
    ],
  },
  {
    id: 'A15',
    attack: 'a caller names cost, meter or customer',
    expected: 'ignored or 400; the charge is what it is',
    tests: [`${REQUESTS} › is nothing that a caller sends beside the input`],
  },
  {
    id: 'A16',
    attack: 'a batch of a thousand calls',
    expected: 'refused as a whole',
    tests: [`${REQUESTS} › of a thousand calls is refused as a whole`],
  },
  {
    id: 'A17',
    attack: 'calls at once go past the balance',
    expected: 'exactly as many as it covers',
    tests: [
      'packages/metering/src/run.test.ts › lets exactly as many concurrent calls through as the balance covers',
      `${REQUESTS} › cannot hide several charges behind one key`,
    ],
  },
  {
    id: 'A18',
    attack: 'a batch that mixes reading and writing',
    expected: 'refused',
    tests: [`${REQUESTS} › that mixes reading and writing is refused`],
  },
  {
    id: 'A47',
    attack: 'free credits are collected with ever new guests and accounts',
    expected: 'a bound per address and day, and waiting before it',
    tests: [
      'apps/server/e2e/sign-in.test.ts › are given to a few guests of an address at once; the next one has to wait',
      'apps/server/e2e/sign-in.test.ts › are bounded for an address and a day',
      'apps/server/e2e/guest-purchases.test.ts › brings what was bought along, and leaves the free credits behind',
    ],
  },
  {
    id: 'A48',
    attack: 'subscriptions, checkouts and changes of plan at the same time',
    expected: 'one subscription, one payment, one grant',
    tests: [
      'packages/ledger/src/payments/paid-once.test.ts › is paid once when two requests start it at the same time',
      'packages/ledger/src/payments/paid-once.test.ts › start one plan when paid twice, and refund the second payment',
    ],
  },
  {
    id: 'A55',
    attack: 'sign-up sets fields that its owner may not choose',
    expected: 'ignored',
    tests: [
      'apps/server/e2e/sign-in.test.ts › give an account no field that its owner may not choose',
    ],
  },
  {
    id: 'A80',
    attack: 'an old payment page of a plan is paid beside the one that was opened after it',
    expected:
      'it was closed, at the provider as well; one that was paid before that is the plan, and no other is opened',
    tests: [
      'packages/ledger/src/checkout/checkout.test.ts › of a plan gives way to a new one in its last hour',
      'packages/ledger/src/payments/paid-once.test.ts › share one page until an hour before its end',
      'packages/ledger/src/payments/paid-once.test.ts › that were paid %s ago without our knowing are fulfilled',
    ],
  },
]
