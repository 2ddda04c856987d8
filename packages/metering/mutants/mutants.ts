/** A mistake somebody could make: text in one file of this package, and what it would be replaced by. */
export type Mutant = {
  name: string
  edits: { file: string; find: string; replace: string }[]
  /** What must catch it: one of these, by name. */
  caughtBy: string[]
}

const together = 'migrations/010_together.sql'
const place = 'migrations/004_place.sql'
const settle = 'migrations/005_settle.sql'
const blocks = 'migrations/003_building_blocks.sql'
const sync = 'migrations/006_sync.sql'
const relay = 'migrations/007_relay.sql'
const sweep = 'migrations/008_sweep.sql'

const overspend = 'guard account_not_overspent'
const transition = 'guard operation_legal_transition'

/** Seeded mistakes; every one must be caught, and by an invariant whose name says why. */
export const MUTANTS: readonly Mutant[] = [
  mutant(
    'settle without a fence',
    ['I23'],
    [together, 'and o.fence = e.fence and not o.degraded', 'and not o.degraded'],
  ),
  mutant(
    'release without a fence',
    ['I23', transition],
    [
      settle,
      "if o.fence = (v_element->>'fence')::bigint and o.state = 'executing' then",
      "if o.state = 'executing' then",
    ],
  ),
  mutant(
    'usage event outside the transaction',
    ['I5', 'I4'],
    [together, 'from charge where charged > 0', 'from charge where false'],
  ),
  mutant(
    'usage event of another amount',
    ['I5', 'I4'],
    [
      together,
      'transaction_id, operation_id, meter, charged, subscription_id',
      'transaction_id, operation_id, meter, charged + 1, subscription_id',
    ],
  ),
  mutant(
    'key scope without the customer',
    ['I9', 'I8', 'I25', 'I16'],
    [
      place,
      "where customer_id = v_customer and procedure = p_call->>'procedure' and key_hash = p_call->>'keyHash' for update",
      "where procedure = p_call->>'procedure' and key_hash = p_call->>'keyHash' limit 1 for update",
    ],
    [together, 'where o.customer_id = call.customer_id and o.procedure', 'where o.procedure'],
  ),
  mutant(
    'settle in the catch',
    ['I10'],
    [
      'src/operation/create-calls.ts',
      '      await release()\n      throw error',
      '      await settle(null)\n      throw error',
    ],
  ),
  mutant(
    'void on abort',
    ['I9'],
    [
      'src/operation/deliver-stream.ts',
      'if (sent.length === 0 && !complete) await release()',
      'if (!complete) await release()',
    ],
  ),
  mutant(
    'relay marks before it sends',
    ['I7'],
    [
      'src/relay/deliver-rows.ts',
      "  if (receipt.outcome === 'recorded') {\n    const { amount, subscriptionId, meter } = receipt",
      "  if (receipt.outcome !== 'unauthorized') {\n    const { amount, subscriptionId, meter } = row",
    ],
  ),
  mutant(
    'what came back is not compared',
    ['I7'],
    [
      relay,
      'if v_difference is not null then return metering.quarantine(e, v_difference); end if;',
      '',
    ],
  ),
  mutant(
    'a new transaction id per sending',
    ['I7', 'I20', 'I22'],
    [
      relay,
      "returning metering.delivery_json(e) || jsonb_build_object('fence', v_fence) as delivery",
      "returning metering.delivery_json(e) || jsonb_build_object('fence', v_fence, 'transactionId', e.transaction_id || '_' || e.sendings) as delivery",
    ],
  ),
  mutant(
    'a release keeps the hold in the account',
    ['I3'],
    [
      blocks,
      'set held = a.held - h.amount,\n        degraded',
      'set held = a.held,\n        degraded',
    ],
  ),
  mutant(
    'a release keeps the hold itself',
    ['I3', 'I3b'],
    [
      blocks,
      "update metering.hold h set state = 'released'",
      "update metering.hold h set state = 'held'",
    ],
  ),
  mutant(
    'a settle keeps the hold in the account',
    ['I3', overspend],
    [together, 'set held = a.held - t.amount, unsynced', 'set held = a.held, unsynced'],
  ),
  mutant(
    'admission forgets what is held',
    [overspend],
    [
      together,
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced - a.held as available,\n          a.unlimited',
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced as available,\n          a.unlimited',
    ],
  ),
  mutant(
    'admission forgets what is held, and the guard sleeps',
    ['I12'],
    [
      together,
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced - a.held as available,\n          a.unlimited',
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced as available,\n          a.unlimited',
    ],
    [
      'migrations/002_guards.sql',
      'if new.held + new.unsynced > old.held + old.unsynced',
      'if false and new.held + new.unsynced > old.held + old.unsynced',
    ],
  ),
  mutant(
    'admission forgets what is unsynced',
    [overspend],
    [
      together,
      'select a.ctid as account_ctid, a.synced_balance - a.unsynced - a.held as available,\n          a.unlimited',
      'select a.ctid as account_ctid, a.synced_balance - a.held as available,\n          a.unlimited',
    ],
  ),
  mutant(
    'the second meter is not asked',
    [overspend],
    [
      place,
      "for v_charge in select value from jsonb_array_elements(p_call->'charges') loop",
      "for v_charge in select value from jsonb_array_elements(p_call->'charges') limit 1 loop",
    ],
  ),
  mutant(
    'a takeover keeps the fence',
    [transition],
    [
      place,
      'set attempt = attempt + 1, fence = fence + 1, crashes = crashes + 1, attempt_token',
      'set attempt = attempt + 1, crashes = crashes + 1, attempt_token',
    ],
  ),
  mutant(
    'the sweeper ignores the lease',
    ['I24', 'I23'],
    [
      sweep,
      "where state = 'executing' and lease_until < metering.after_ms(v_now, -p_grace_ms)\n          order by",
      "where state = 'executing'\n          order by",
    ],
    [
      sweep,
      "where op.state = 'executing' and op.lease_until < metering.after_ms(v_now, -p_grace_ms)",
      "where op.state = 'executing'",
    ],
  ),
  mutant(
    'a late finisher needs no funds',
    [overspend],
    [
      settle,
      'if v_late and not metering.hold_again',
      "if v_late and metering.hold_again(o, p_element->'amounts') is null and not metering.hold_again",
    ],
    [settle, 'then\n    return false;\n  end if;', 'then null;\n  end if;'],
  ),
  mutant(
    'a late finisher takes no hold',
    ['I17', 'I5', 'I9'],
    [
      settle,
      "update metering.hold set state = 'held'\n    where customer_id = o.customer_id and operation_id = o.operation_id and state = 'released';",
      '',
    ],
  ),
  mutant(
    'a forgotten result runs again',
    [transition, 'I11'],
    [
      place,
      "return jsonb_build_object('outcome', 'result_gone', 'operationId', o.operation_id);\n  end if;\n  if o.state = 'settled' then",
      "return null;\n  end if;\n  if o.state = 'settled' then",
    ],
  ),
  mutant(
    'the input is not compared',
    ['I25'],
    [place, "if o.fingerprint <> p_call->>'fingerprint' then", 'if false then'],
  ),
  mutant(
    'the hold is charged whatever was used',
    ['I17'],
    [
      together,
      'coalesce((f.amounts->>h.meter)::bigint, h.amount) as charged',
      'h.amount as charged',
    ],
  ),
  mutant(
    'a sync forgets what is on its way',
    ['I4'],
    [
      sync,
      "where e.customer_id = p_customer and e.meter = a.meter and e.state <> 'delivered')",
      'where false)',
    ],
  ),
  mutant(
    'a poisoned key is tried for ever',
    ['I27'],
    [place, "if o.crashes >= (p_policy->>'attemptsMax')::integer then", 'if false then'],
    [place, "if o.crashes + 1 >= (p_policy->>'attemptsMax')::integer then", 'if false then'],
  ),
  mutant(
    '402 without asking the backend first',
    ['I13'],
    [
      'src/operation/place-operation.ts',
      "outcome === 'stale' || outcome === 'insufficient' || outcome",
      "outcome === 'stale' || outcome",
    ],
  ),
  mutant(
    'the plan is not asked for the feature',
    ['I28'],
    [place, "and not (p_call->>'feature' = any (c.features)) then", 'and false then'],
    [together, 'and (call.feature is null or call.feature = any (c.features))', ''],
  ),
  mutant(
    'what is let in blindly is not bounded',
    ['I29'],
    [place, "if a.degraded + v_hold > (p_call->>'openLimit')::bigint then", 'if false then'],
  ),
  mutant(
    'the result is not stored',
    ['I30'],
    [together, 'late = false, result = p_results[s.n]', 'late = false, result = null'],
  ),
  mutant(
    'what a stream handed on is not remembered',
    ['I9'],
    [
      'src/operation/stream-hold.ts',
      'if (!due || credits === marked.credits) return',
      'if (due || !due) return',
    ],
  ),
  mutant(
    'a killed stream is free',
    ['I9'],
    [blocks, 'if v_progress is not null then', 'if false then'],
  ),
  mutant(
    'an unknown settle is taken for success',
    ['I9', 'I8'],
    [
      'src/operation/settle-operation.ts',
      '    throw outcomeUnknown(context.policy.retryAfterMs, error)',
      "    return { operationId: ref.operationId, charges: [], balances: [], replayed: false, at: '' }",
    ],
  ),
  mutant(
    'an unknown settle is taken for failure',
    ['I10'],
    [
      'src/operation/settle-operation.ts',
      '    throw outcomeUnknown(context.policy.retryAfterMs, error)',
      '    throw holdExpired()',
    ],
  ),
  mutant(
    'a result too large is charged',
    ['I10'],
    [
      'src/operation/settle-operation.ts',
      '  await releaseOperation(context, ref)',
      '  await context.gathered.settle({ ...ref, amounts: {}, result: null, resultKeptMs: 1 })',
    ],
  ),
  mutant(
    'keys are forgotten at once',
    ['I9', 'I8'],
    [sweep, 'and created_at <= metering.after_ms(v_now, -p_key_kept_ms) limit', 'limit'],
  ),
  mutant(
    'a delivery leaves the balance as it was',
    ['I26', 'I4'],
    [
      relay,
      'set synced_balance = synced_balance - e.amount, unsynced = unsynced - e.amount',
      'set unsynced = unsynced - e.amount',
    ],
  ),
  mutant(
    'a transport error reaches the caller',
    ['I31'],
    [
      'src/operation/place-operation.ts',
      'throw unavailable(context.policy.retryAfterMs, error)',
      'throw error',
    ],
  ),
]

function mutant(name: string, caughtBy: string[], ...edits: [string, string, string][]): Mutant {
  return { name, caughtBy, edits: edits.map(([file, find, replace]) => ({ file, find, replace })) }
}
