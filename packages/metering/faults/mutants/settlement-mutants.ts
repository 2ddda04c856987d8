import { type Mutant, mutant, routine } from './mutant.ts'

const overspend = 'guard account_not_overspent'
const transition = 'guard operation_legal_transition'

/** Mistakes in how an operation ends and what it costs. */
export const SETTLEMENT_MUTANTS: readonly Mutant[] = [
  mutant(
    'settle without a fence',
    ['I8', 'I23'],
    [
      routine('apply_batch'),
      'and o.meter = p_meter[s.account] and o.ended_at is null and o.fence = s.fence',
      'and o.meter = p_meter[s.account] and o.ended_at is null',
    ],
    [
      routine('apply_batch'),
      `          and o.ended_at is null and o.fence = f.fence
        returning`,
      `          and o.ended_at is null
        returning`,
    ],
  ),
  mutant(
    'release without a fence',
    ['I23', transition],
    [
      routine('release_one'),
      "if o.fence = (p_element->>'fence')::integer and o.state = 'executing' then",
      "if o.state = 'executing' then",
    ],
  ),
  mutant(
    'usage event outside the transaction',
    ['I5', 'I4'],
    [
      routine('apply_batch'),
      'where b.bucket = p_bucket and e.charged > 0',
      'where b.bucket = p_bucket and false',
    ],
  ),
  mutant(
    'usage event of another amount',
    ['I5', 'I4'],
    [
      routine('apply_batch'),
      'p_meter[e.account], e.charged, e.subscription_id',
      'p_meter[e.account], e.charged + 1, e.subscription_id',
    ],
  ),
  mutant(
    'settle in the catch',
    ['I10'],
    [
      'src/run.ts',
      '      output = await operation.span.run(() => work(operation.running))\n    } catch (error) {\n      throw await operation.fail(error)',
      '      output = await operation.span.run(() => work(operation.running))\n    } catch (error) {\n      await settle(context, operation, null)\n      throw error',
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
    [routine('release_hold'), 'set held = a.held - h.held, version', 'set held = a.held, version'],
    [
      routine('apply_batch'),
      'returning f.n, f.account, o.operation_id, o.held, f.charged',
      'returning f.n, f.account, o.operation_id, case when f.release then 0 else o.held end as held, f.charged',
    ],
  ),
  mutant(
    'a settle keeps the hold in the account',
    ['I3', overspend],
    [
      routine('apply_batch'),
      'select e.account, -e.held as held, e.charged from',
      'select e.account, 0 as held, e.charged from',
    ],
  ),
  mutant(
    'the sweeper ignores the lease',
    ['I24', 'I23'],
    [
      routine('sweep'),
      "where op.bucket = p_bucket and op.state = 'executing' and op.lease_until < v_overdue",
      "where op.bucket = p_bucket and op.state = 'executing'",
    ],
    [
      routine('sweep'),
      'and op.ended_at is null and op.lease_until < v_overdue for update',
      'and op.ended_at is null for update',
    ],
  ),
  mutant(
    'a late finisher needs no funds',
    [overspend],
    [
      routine('reacquire_hold'),
      `  then
    return false;
  end if;`,
      `  then null;
  end if;`,
    ],
  ),
  mutant(
    'a late finisher takes no hold',
    ['I3', 'I2', 'guard account_counts', 'I17', 'I5', 'I9'],
    [
      routine('reacquire_hold'),
      'update metering.account a set held = a.held + h.held, version',
      'update metering.account a set held = a.held, version',
    ],
  ),
  mutant(
    'the hold is charged whatever was used',
    ['I17'],
    [
      routine('apply_batch'),
      'else coalesce(s.amount, o.held) end as charged',
      'else o.held end as charged',
    ],
  ),
  mutant(
    'the result is not stored',
    ['I30'],
    [routine('apply_batch'), 'result = case when not f.release then f.result end', 'result = null'],
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
    [routine('expire_operation'), 'if v_progress is not null then', 'if false then'],
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
      '    result = storeOutput(output, { ...call, bytesMax: context.policy.resultBytesMax })\n  } catch (error) {\n    throw await operation.fail(error)',
      '    result = storeOutput(output, { ...call, bytesMax: context.policy.resultBytesMax })\n  } catch (error) {\n    await operation.settle({ amounts: {}, complete: true, result: null, chargeKey: null })\n    throw error',
    ],
  ),
  mutant(
    'use beyond the hold is charged at the hold',
    ['I17'],
    [
      routine('charge_operation'),
      'v_charged := least(v_used, h.held + greatest(0, least(',
      'v_charged := least(v_used, h.held + 0 * greatest(0, least(',
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
