import { type Mutant, mutant, routine } from './mutant.ts'

/** Mistakes in storing an operation's provider costs. */
export const COST_MUTANTS: readonly Mutant[] = [
  mutant(
    'a batch forgets what providers cost',
    ['I47'],
    [routine('apply_batch'), 'if s_costs is not null then', 'if false then'],
  ),
  mutant(
    'failed work has cost nothing',
    ['I47'],
    [
      routine('apply_batch'),
      'from unnest(s_operation, s_fence, s_costs) s(operation_id, fence, costs)\n        where s.operation_id = any (e_operation)',
      'from unnest(s_operation, s_fence, s_costs, s_release) s(operation_id, fence, costs, release)\n        where s.operation_id = any (e_operation) and not s.release',
    ],
  ),
  mutant(
    'the cost of one operation is stored with another',
    ['I47', 'I43'],
    [
      routine('apply_batch'),
      'array_agg(s.costs))',
      'array_agg(s.costs order by s.operation_id desc))',
    ],
  ),
  mutant(
    'every attempt costs what the first did',
    ['I47'],
    [
      routine('store_provider_costs'),
      'select p_bucket, a.operation_id, a.fence, x.provider',
      'select p_bucket, a.operation_id, 1, x.provider',
    ],
  ),
  mutant(
    'an estimate stays',
    ['I47'],
    [
      routine('store_provider_costs'),
      "and (c.source = 'estimated' or c.source = 'reported'",
      "and (c.source = 'reported'",
    ],
  ),
  mutant(
    'a call after the end of its operation costs nothing',
    ['I47'],
    [routine('store_provider_costs'), 'excluded.calls > c.calls', 'false'],
  ),
  mutant(
    'the figures leave failed work out',
    ['I48'],
    [
      routine('used_by_model'),
      'sum(b.cost_micros) filter (where b.is_known) as cost_micros',
      "sum(b.cost_micros) filter (where b.is_known and b.state = 'settled') as cost_micros",
    ],
  ),
]
