import { expect, it } from 'vitest'
import { plainEnvironment } from './config.ts'
import { spawnGroup } from './spawn-group.ts'

it('ends with a command that ends before the shell around it has started its guard', async () => {
  const groups = Array.from({ length: 20 }, () =>
    spawnGroup('true', [], { cwd: '/', env: plainEnvironment() }),
  )
  expect(new Set(await Promise.all(groups.map(({ ended }) => ended)))).toEqual(new Set([0]))
})
