import { expect, it } from 'vitest'
import { testPostgresUrl } from './config.ts'
import { setup } from './global-setup.ts'

it('starts no second server in a run that has one, as it is called once per project', async () => {
  const url = testPostgresUrl()
  const teardown = await setup()
  expect(testPostgresUrl()).toBe(url)
  await teardown()
  expect(testPostgresUrl()).toBe(url)
})
