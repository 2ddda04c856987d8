import { type Mutant, mutant, routine } from './mutant.ts'

/** Mistakes in subjects' limits and in their spending. */
export const LIMIT_MUTANTS: readonly Mutant[] = [
  mutant(
    'limits are not asked',
    ['I33'],
    [
      routine('refuse_unaffordable'),
      "continue when not a.limited and p_call->>'subjects' is null;",
      'continue;',
    ],
    [routine('apply_batch'), 'and x.account <> all (v_over)', ''],
  ),
  mutant(
    'a batch asks limits for one call of each account',
    ['I33'],
    [
      routine('accounts_over_limit'),
      'select h.account, sum(h.hold) as hold from',
      'select h.account, min(h.hold) as hold from',
    ],
  ),
  mutant(
    'a limit forgets what is held',
    ['I33'],
    [routine('limit_standings'), 'v_month) - coalesce(r.held, 0)) end', 'v_month)) end'],
    [routine('accounts_over_limit'), 'and p_held[w.account] + w.hold > case', 'and w.hold > case'],
  ),
  mutant(
    'a limit forgets what was charged',
    ['I33'],
    [routine('spent_in_period'), 'then p_spent else 0 end', 'then 0 else 0 end'],
  ),
  mutant(
    'a run without a limit spends what it likes',
    ['I33'],
    [
      routine('limit_standings'),
      "where l.amount is not null or w.subject like 'run:%'",
      'where l.amount is not null',
    ],
    [
      routine('accounts_over_limit'),
      "where s.subject like 'run:%' and l.subject is null;",
      'where false;',
    ],
  ),
  mutant(
    'a month begins at midnight where the server stands',
    ['I33', 'I44'],
    [
      routine('month_start'),
      "select date_trunc('month', p_at at time zone 'UTC') at time zone 'UTC'",
      "select date_trunc('month', p_at)",
    ],
  ),
  mutant(
    'a late finisher needs no room in a limit',
    ['I33'],
    [
      routine('reacquire_hold'),
      'or (a.limited or v_subjects is not null) and exists (',
      'or false and exists (',
    ],
  ),
  mutant(
    'what is used beyond the hold passes a limit',
    ['I33'],
    [
      routine('charge_operation'),
      'if v_used > h.held and (a.limited or o.subjects is not null) then',
      'if false then',
    ],
  ),
  mutant(
    'a batch does not count against limits',
    ['I41'],
    [
      routine('apply_batch'),
      'perform metering.count_spending(p_bucket, p_customer, p_meter, e_account, e_charged, e_subjects, v_now);',
      'null;',
    ],
  ),
  mutant(
    'an operation that ends alone does not count against limits',
    ['I41'],
    [routine('charge_operation'), 'if a.limited then', 'if false then'],
  ),
]
