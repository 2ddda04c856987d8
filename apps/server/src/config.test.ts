import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      port: 3000,
      billingPort: 3100,
      publicUrl: 'http://localhost:3000',
      flowglad: undefined,
    })
  })

  it('keeps for ever what is kept for 0 days, and what is not named for its default', () => {
    expect(readConfig({ OPERATIONS_KEPT_DAYS: '0' }).keptDays).toEqual({
      operations: Infinity,
      alerts: 400,
      signIn: 30,
    })
  })

  it('goes to the hosted service when a key is there', () => {
    const environment = { FLOWGLAD_SECRET_KEY: 'sk', FLOWGLAD_WEBHOOK_SECRET: SECRET }
    expect(readConfig(environment).flowglad).toEqual({
      apiKey: 'sk',
      baseUrl: undefined,
      webhookSecret: SECRET,
    })
  })

  it.each([
    [{ PORT: 'eighty' }, 'PORT'],
    [{ PUBLIC_URL: 'not a url' }, 'PUBLIC_URL'],
    [{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN'],
    [{ OPERATIONS_KEPT_DAYS: '91' }, 'OPERATIONS_KEPT_DAYS'],
    [{ ALERTS_KEPT_DAYS: '31' }, 'ALERTS_KEPT_DAYS'],
    [{ FLOWGLAD_BASE_URL: 'https://billing.example' }, 'FLOWGLAD_SECRET_KEY'],
    [{ FLOWGLAD_WEBHOOK_SECRET: SECRET }, 'FLOWGLAD_SECRET_KEY'],
    [{ FLOWGLAD_SECRET_KEY: 'sk', FLOWGLAD_WEBHOOK_SECRET: 'whsec_' }, 'FLOWGLAD_WEBHOOK_SECRET'],
    [
      { FLOWGLAD_SECRET_KEY: 'sk', FLOWGLAD_WEBHOOK_SECRET: `${SECRET}…` },
      'FLOWGLAD_WEBHOOK_SECRET',
    ],
  ])('refuses %j and names what is wrong', (env, variable) => {
    expect(() => readConfig(env)).toThrow(ConfigError)
    expect(() => readConfig(env)).toThrow(variable)
  })
})
