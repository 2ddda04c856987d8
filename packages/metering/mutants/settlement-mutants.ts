import { MIGRATIONS, type Mutant, mutant } from './mutant.ts'

const overspend = 'guard account_not_overspent'
const transition = 'guard operation_legal_transition'

/** Mistakes about how an operation ends and what it costs. */
export const SETTLEMENT_MUTANTS: readonly Mutant[] = [
  mutant(
    'settle without a fence',
    ['I8', 'I23'],
    [MIGRATIONS, 'and o.fence = e.fence and not o.degraded', 'and not o.degraded'],
  ),
  mutant(
    'release without a fence',
    ['I23', transition],
    [
      MIGRATIONS,
      "if o.fence = (v_element->>'fence')::bigint and o.state = 'executing' then",
      "if o.state = 'executing' then",
    ],
  ),
  mutant(
    'usage event outside the transaction',
    ['I5', 'I4'],
    [MIGRATIONS, 'from charge where charged > 0', 'from charge where false'],
  ),
  mutant(
    'usage event of another amount',
    ['I5', 'I4'],
    [
      MIGRATIONS,
      'transaction_id, operation_id, meter, charged, subscription_id',
      'transaction_id, operation_id, meter, charged + 1, subscription_id',
    ],
  ),
  mutant(
    'settle in the catch',
    ['I10'],
    [
      'src/run.ts',
      '      output = await work(operation.running)\n    } catch (error) {\n      throw await operation.fail(error)',
      '      output = await work(operation.running)\n    } catch (error) {\n      await settle(context, operation, null)\n      throw error',
    ],
  ),
  mutant(
    'void on abort',
    ['I9'],
    [
      'src/operation/deliver-stream.ts',
      "if (pieces.count() === 0 && ending !== 'complete') {",
      "if (ending !== 'complete') {",
    ],
  ),
  mutant(
    'a release keeps the hold in the account',
    ['I3'],
    [
      MIGRATIONS,
      'set held = a.held - h.amount,\n        degraded',
      'set held = a.held,\n        degraded',
    ],
  ),
  mutant(
    'a release keeps the hold itself',
    ['I3', 'I3b'],
    [
      MIGRATIONS,
      "update metering.hold h set state = 'released'",
      "update metering.hold h set state = 'held'",
    ],
  ),
  mutant(
    'a settle keeps the hold in the account',
    ['I3', overspend],
    [MIGRATIONS, 'set held = a.held - t.amount, unsynced', 'set held = a.held, unsynced'],
  ),
  mutant(
    'the sweeper ignores the lease',
    ['I24', 'I23'],
    [
      MIGRATIONS,
      'where ended_at is null and lease_until < metering.after_ms(v_now, -p_grace_ms)',
      'where ended_at is null',
    ],
    [
      MIGRATIONS,
      "where op.state = 'executing' and op.lease_until < metering.after_ms(v_now, -p_grace_ms)",
      "where op.state = 'executing'",
    ],
  ),
  mutant(
    'a late finisher needs no funds',
    [overspend],
    [
      MIGRATIONS,
      'if v_late and not metering.hold_again',
      "if v_late and metering.hold_again(o, p_element->'amounts') is null and not metering.hold_again",
    ],
    [MIGRATIONS, 'then\n    return false;\n  end if;', 'then null;\n  end if;'],
  ),
  mutant(
    'a late finisher takes no hold',
    ['I3', 'I17', 'I5', 'I9'],
    [
      MIGRATIONS,
      "update metering.hold set state = 'held'\n    where customer_id = o.customer_id and operation_id = o.operation_id and state = 'released';",
      '',
    ],
  ),
  mutant(
    'the hold is charged whatever was used',
    ['I17'],
    [
      MIGRATIONS,
      'coalesce((f.amounts->>h.meter)::bigint, h.amount) as charged',
      'h.amount as charged',
    ],
  ),
  mutant(
    'the result is not stored',
    ['I30'],
    [MIGRATIONS, 'late = false, result = p_results[s.n]', 'late = false, result = null'],
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
    [MIGRATIONS, 'if v_progress is not null then', 'if false then'],
  ),
  mutant(
    'an unknown settle is taken for success',
    ['I9', 'I8'],
    [
      'src/operation/settle-operation.ts',
      '    throw outcomeUnknown(retryAfterMs, error)',
      "    return { operationId: ref.operationId, charges: [], balances: [], replayed: false, at: '' }",
    ],
  ),
  mutant(
    'an unknown settle is taken for failure',
    ['I10', 'I23'],
    [
      'src/operation/settle-operation.ts',
      '    throw outcomeUnknown(retryAfterMs, error)',
      '    throw holdExpired()',
    ],
  ),
  mutant(
    'a result too large is charged',
    ['I10'],
    [
      'src/run.ts',
      '    result = storeOutput(output, { procedure, bytesMax: context.policy.resultBytesMax })\n  } catch (error) {\n    throw await operation.fail(error)',
      '    result = storeOutput(output, { procedure, bytesMax: context.policy.resultBytesMax })\n  } catch (error) {\n    await operation.settle({ amounts: {}, complete: true, result: null })\n    throw error',
    ],
  ),
  mutant(
    'use beyond the hold is charged at the hold',
    ['I17'],
    [
      MIGRATIONS,
      'v_charged := least(v_used, h.amount + greatest(v_room, 0));',
      'v_charged := least(v_used, h.amount);',
    ],
  ),
  mutant(
    'a collected stream is charged whatever ends it',
    ['I10'],
    [
      'src/operation/collect-stream.ts',
      '    throw await operation.fail(error)',
      '    await pieces.settle(false)\n    throw error',
    ],
  ),
  mutant(
    'a stream does not extend its hold',
    ['I9', 'I17'],
    [
      'src/operation/stream-pieces.ts',
      '      const short = await hold.cover(used)',
      '      const short = null',
    ],
  ),
]
