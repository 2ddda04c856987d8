import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      billingPort: 3100,
      publicUrl: 'http://localhost:3000',
      flowglad: undefined,
    })
  })

  it('goes to the hosted service when a key is there', () => {
    expect(readConfig({ FLOWGLAD_SECRET_KEY: 'sk' }).flowglad).toEqual({
      apiKey: 'sk',
      baseUrl: undefined,
    })
  })

  it.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PUBLIC_URL: 'not a url' }, 'PUBLIC_URL'],
    [{ FLOWGLAD_BASE_URL: 'https://billing.example' }, 'FLOWGLAD_SECRET_KEY'],
  ])('refuses %j and names what is wrong', (env, variable) => {
    expect(() => readConfig(env)).toThrow(ConfigError)
    expect(() => readConfig(env)).toThrow(variable)
  })
})
