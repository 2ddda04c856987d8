/** The seed of a run: TOLLGATE_SEED to repeat one, otherwise a new one every time. */
export function seed(): number {
  const given = Number(process.env['TOLLGATE_SEED'])
  if (!madeSeed) madeSeed = given > 0 ? given : Math.ceil(Math.random() * 1_000_000)
  return madeSeed
}

let madeSeed = 0
