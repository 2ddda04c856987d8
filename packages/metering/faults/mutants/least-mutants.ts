import { type Mutant, mutant, routine } from './mutant.ts'

/** Mistakes in calls that begin with what is left, and in keys that have aged out. */
export const LEAST_MUTANTS: readonly Mutant[] = [
  mutant(
    'a call begins with its least where more is left',
    ['I43'],
    [
      routine('fit_holds'),
      "greatest(v_hold, (v_charge->>'least')::bigint)",
      "case when v_hold < (v_charge->>'hold')::bigint then (v_charge->>'least')::bigint else v_hold end",
    ],
  ),
  mutant(
    'a limit is not asked how much a call may begin with',
    ['I45'],
    [routine('fit_holds'), "(v_charge->>'hold')::bigint, v_room,", "(v_charge->>'hold')::bigint,"],
  ),
  mutant(
    'a call begins with less than its least',
    ['I43', 'I45'],
    [routine('fit_holds'), "greatest(v_hold, (v_charge->>'least')::bigint)", 'greatest(v_hold, 1)'],
  ),
  mutant(
    'a limit refuses before the least is asked for',
    ['I45'],
    [
      'src/operation/place-operation.ts',
      'if (least !== element) answer = await place(context, { ...least, limitsOnly: true })',
      '',
    ],
  ),
  mutant(
    'a limit of one meter has another begin with less before the backend is asked',
    ['I43'],
    [routine('fit_holds'), "not a.unlimited and p_call->'limitsOnly' is null", 'not a.unlimited'],
  ),
  mutant(
    'the key of what has aged out is free',
    ['I11', 'I42'],
    [
      routine('place_one'),
      "where k.bucket = p_bucket and k.key = (p_call->>'key')::uuid;",
      'where false;',
    ],
    [
      routine('apply_batch'),
      'and not exists (select 1 from metering.aged_key k where k.bucket = p_bucket and k.key = h.key offset 0)',
      '',
    ],
  ),
]
