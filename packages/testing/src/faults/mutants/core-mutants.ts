import { seededMutant, type SeededMutant } from './seeded-mutant.ts'

const METERING = 'packages/metering'
const BY_RESULT = `${METERING}/src/charged-by-result.test.ts`
const FAIRNESS = `${METERING}/src/relay-fairness.test.ts`
const SWEEPER = `${METERING}/src/sweep/create-sweeper.test.ts`
const AGER = `${METERING}/src/sweep/create-ager.test.ts`
const LEAST = `${METERING}/src/least.test.ts`
const PERIOD_END = `${METERING}/src/period-end.test.ts`

/** Mistakes in the core that its model does not cover: relay rounds, retention, retries, a restore. */
export const CORE_MUTANTS: readonly SeededMutant[] = [
  seededMutant(
    'a transaction id follows from the operation instead of its key',
    [
      `${METERING}/src/relay/deliver-rows.ts`,
      ['transactionIdOf(secret, row)', 'transactionIdOf(secret, { ...row, key: row.operationId })'],
    ],
    [`${METERING}/src/restore.test.ts`, 'a key that is retried after a restore'],
  ),
  seededMutant(
    'the same result is charged under every key',
    [`${METERING}/routines/settle_one.sql`, ['if o.charged_by is not null then', 'if false then']],
    [BY_RESULT, 'are charged once, whatever their keys'],
  ),
  seededMutant(
    'a transaction id follows from the key where the result is charged once',
    [
      `${METERING}/routines/claim_deliveries.sql`,
      ['coalesce(o.charge_key, o.key) as key', 'o.key'],
    ],
    [BY_RESULT, 'have one transaction id on any server'],
  ),
  seededMutant(
    'another attempt keeps the meters of the one before',
    [
      `${METERING}/routines/place_one.sql`,
      [
        'delete from metering.further_hold f where f.bucket = p_bucket and f.operation_id = o.operation_id;',
        '',
      ],
      ['progress = 0,\n          further =', 'progress = 0,\n          further = op.further or'],
    ],
    [`${METERING}/src/store/another-attempt.test.ts`, 'an attempt that is priced otherwise'],
  ),
  seededMutant(
    'a key is kept from the beginning of its operation',
    [`${METERING}/routines/purge_expired.sql`, ['o.ended_at <= v_now', 'o.created_at <= v_now']],
    [SWEEPER, 'forgetting drops the key of what was never charged thirty days after the end'],
  ),
  seededMutant(
    'the key of what was charged is forgotten',
    [
      `${METERING}/routines/purge_expired.sql`,
      ["o.state in ('voided', 'expired')", "o.state in ('voided', 'expired', 'settled')"],
    ],
    [SWEEPER, 'forgetting drops a result three days after the end, and never the key'],
  ),
  seededMutant(
    'the key of an operation that has aged out is free in a batch',
    [
      `${METERING}/routines/apply_batch.sql`,
      [
        'and not exists (select 1 from metering.aged_key k where k.bucket = p_bucket and k.key = h.key offset 0)',
        '',
      ],
    ],
    [AGER, 'an operation that has aged out is listed no more after 400 days'],
  ),
  seededMutant(
    'what an operation was charged for is charged again once it has aged out',
    [`${METERING}/routines/settle_one.sql`, ['k.key = v_charge_key', 'k.key = null']],
    [AGER, 'an operation that has aged out leaves what it was charged for charged'],
  ),
  seededMutant(
    'a customer that cannot be read keeps its turn',
    [
      `${METERING}/routines/take_customers_to_sync.sql`,
      ['order by c.sync_retry_at, c.customer_id limit', 'order by c.customer_id limit'],
      ['and c.sync_retry_at <= v_now\n', '\n'],
    ],
    [FAIRNESS, 'a relay reads a customer behind forty that cannot be read'],
  ),
  seededMutant(
    'frequent syncs keep the relay away from a customer’s events',
    [
      `${METERING}/routines/claim_customer.sql`,
      [
        'or ev.subscription_id is not null and ev.next_at <= v_now',
        'or false and ev.next_at <= v_now',
      ],
    ],
    [FAIRNESS, 'a relay delivers the events of a customer who is read again and again'],
  ),
  seededMutant(
    'the last subject of a call is forgotten',
    [
      `${METERING}/src/operation/subject-text.ts`,
      ['subjects.map(subjectText)', 'subjects.slice(0, -1).map(subjectText)'],
    ],
    [`${METERING}/src/limits.test.ts`, 'of each of its subjects bounds a call'],
  ),
  seededMutant(
    'a call that could begin with what is left is refused',
    [
      `${METERING}/src/operation/place-operation.ts`,
      ['const least = withLeast(element, call)', 'const least = element'],
    ],
    [LEAST, 'begins with what is left, ends cleanly there'],
  ),
  seededMutant(
    'a call begins with less before the backend was asked',
    [
      `${METERING}/src/operation/place-operation.ts`,
      [
        'let answer = await place(context, element)',
        'let answer = await place(context, withLeast(element, call))',
      ],
    ],
    [LEAST, 'sees what was bought before it begins with less'],
  ),
  seededMutant(
    'a refusal stands although its balance is no longer certain',
    [
      `${METERING}/src/operation/place-operation.ts`,
      ['const isCertain = !failure &&', 'const isCertain = !failure ||'],
    ],
    [PERIOD_END, 'is no reason to refuse a call that waits for the reading'],
  ),
  seededMutant(
    'a call begins below the least',
    [
      `${METERING}/routines/fit_holds.sql`,
      ["greatest(v_hold, (v_charge->>'least')::bigint)", 'greatest(v_hold, 1)'],
    ],
    [LEAST, 'is refused only below its minimum'],
  ),
  seededMutant(
    'a limit does not bound what a call begins with',
    [`${METERING}/routines/fit_holds.sql`, ['::bigint, v_room,\n', '::bigint,\n']],
    [LEAST, 'begins with what a limit has left'],
  ),
]
