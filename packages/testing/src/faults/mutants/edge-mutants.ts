import { seededMutant, type SeededMutant } from './seeded-mutant.ts'

const INTENTS = 'packages/client/src/intents'
const STORE_TEST = `${INTENTS}/create-intent-store.test.ts`
const METERING = 'packages/metering/src'
const COLLECTED = 'packages/api/src/collected-streams.test.ts'
const FLOWGLAD = 'packages/flowglad/src'
const SUBJECTS = 'packages/api/src/runs/subjects-of.ts'
const SUBJECTS_TEST = 'packages/api/src/team/subjects.test.ts'
const DELIVERY = `${FLOWGLAD}/deliver-usage.test.ts`

/**
 * Mistakes around the core: client keys, collected streams, what is compared and stored, to whom a call is attributed, how the backend's
 * answers are read.
 */
export const EDGE_MUTANTS: readonly SeededMutant[] = [
  seededMutant(
    'an unpaid plan lifts the limit here',
    [
      'packages/flowglad/src/entitlements.ts',
      ["return toggles.filter((slug) => !slug.startsWith('unlimited_'))", 'return [...toggles]'],
    ],
    [
      'packages/flowglad/src/entitlements.test.ts',
      'grants no unlimited meter to a plan whose period is unpaid',
    ],
  ),
  seededMutant(
    'a collected stream that was cut short is charged',
    [
      `${METERING}/operation/collect-stream.ts`,
      ['  if (operation.lease.cut()) throw await operation.fail(null)\n', ''],
    ],
    [COLLECTED, 'a stream past its own deadline is 504 and free'],
  ),
  seededMutant(
    'a first piece beyond the balance is an empty answer',
    [
      `${METERING}/operation/collect-stream.ts`,
      ['if (short && output.length === 0) {', 'if (short && output.length < 0) {'],
    ],
    [COLLECTED, 'answers 402 to a plain caller whose first piece costs more than is left'],
  ),
  seededMutant(
    'a lost answer ends the click',
    [
      `${INTENTS}/create-intent-store.ts`,
      [
        'const isOpen = error !== null && leavesOutcomeOpen(error, intent.state)',
        'const isOpen = false',
      ],
    ],
    [STORE_TEST, 'the key of a call after no answer'],
  ),
  seededMutant(
    'a sign-out ends a click whose answer was lost',
    [
      `${INTENTS}/leaves-outcome-open.ts`,
      ["      return earlier === 'unknown'\n", '      return false\n'],
    ],
    [STORE_TEST, 'the key of a call after signed out after a lost answer'],
  ),
  seededMutant(
    'another call forgets an open click',
    [
      `${INTENTS}/create-intent-store.ts`,
      [
        'else records.remove(key)',
        'else for (const one of records.list()) records.remove(one.key)',
      ],
    ],
    [
      'packages/client/src/react/create-tollgate.test.ts',
      'the key of a click whose answer was lost is kept while other calls',
    ],
  ),
  seededMutant(
    'a result is forgotten a keeping time after its click',
    [
      `${INTENTS}/forget-ended.ts`,
      ['now - Date.parse(report.endedAt) > RESULT_KEPT_MS', 'now > 0'],
    ],
    [`${INTENTS}/forget-ended.test.ts`, 'keeps a charged click whose result was stored late'],
  ),
  seededMutant(
    'an answer that JSON loses is charged',
    [
      `${METERING}/operation/stored-result.ts`,
      ['  if (type !== null) return `${path} is ${type}`\n', ''],
    ],
    ['packages/api/src/retries.test.ts', 'an output that cannot be replayed'],
  ),
  seededMutant(
    'two sets are the same input',
    [
      `${METERING}/keys/canonical-text.ts`,
      ['`Set(${sorted([...value].map((item) => write(item, depth)))})`', "'Set()'"],
    ],
    [`${METERING}/keys/fingerprint.test.ts`, 'differs for sets'],
  ),
  seededMutant(
    'the page of a load balancer is a refusal',
    [
      'packages/flowglad/src/flowglad-failure.ts',
      ['if (isFlowglads && status < 500)', 'if (status < 500)'],
    ],
    [DELIVERY, 'reads 404 with the body'],
  ),
  seededMutant(
    'a first sight that was too slow is refused',
    [
      `${FLOWGLAD}/read-customer.ts`,
      [
        "return error.code === 'refused' || (error.status >= 500 && !error.outage)",
        'return error.outage',
      ],
    ],
    [
      `${FLOWGLAD}/factory-alone.test.ts`,
      'a customer, through the factory alone is asked for again when another first sight was faster',
    ],
  ),
  seededMutant(
    'a second change of a plan overtakes the first',
    [`${FLOWGLAD}/pending-changes.ts`, ['      pending.add(customerId)\n', '']],
    [`${FLOWGLAD}/factory-alone.test.ts`, 'plans, through the factory alone change one at a time'],
  ),
  seededMutant(
    'a webhook from the future is taken',
    [`${FLOWGLAD}/read-webhook.ts`, ['    if (isTooEarly) throw', '    if (!timestamp) throw']],
    [
      `${FLOWGLAD}/read-webhook.test.ts`,
      'readWebhook refuses what is signed with a moment ahead of us',
    ],
  ),
  seededMutant(
    'the relay waits for customers that cannot be read',
    [`${METERING}/relay/create-relay.ts`, ['      waiting.start()', '      await waiting.once()']],
    [`${METERING}/relay-fairness.test.ts`, 'delivers while the backend hangs'],
  ),
  seededMutant(
    'a proxy’s request id is a key',
    [
      'packages/trpc/src/http/read-operation-key.ts',
      ['acceptRequestId ? headers', 'headers ? headers'],
    ],
    [
      'packages/trpc/src/http/read-operation-key.test.ts',
      'takes X-Request-Id only where the installation says so',
    ],
  ),
  seededMutant(
    'the key of a run is no subject of its calls',
    [
      SUBJECTS,
      ["[{ kind: 'key', id }, ", "[...(runs.length > 0 ? [] : [{ kind: 'key' as const, id }]), "],
    ],
    [SUBJECTS_TEST, "of an ancestor, or of its own, refuses the third call of a run: 'key' 'k1'"],
  ),
  seededMutant(
    'a run between two others is no subject of a call',
    [SUBJECTS, ['...runs.map(', '...runs.filter((_, n) => n % 2 === 0).map(']],
    [SUBJECTS_TEST, "of an ancestor, or of its own, refuses the third call of a run: 'run' 'r2'"],
  ),
]
