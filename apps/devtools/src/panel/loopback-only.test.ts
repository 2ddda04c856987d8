import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import { loopbackOnly } from './loopback-only.ts'

const panel = new Hono()
panel.use(loopbackOnly())
panel.get('/dev', (c) => c.text('the panel'))

/** A request from a socket at `address`. */
function ask(address: string, headers: Record<string, string> = {}) {
  const socket = { remoteAddress: address, remotePort: 50_000, remoteFamily: 'IPv4' }
  return panel.request('http://localhost/dev', { headers }, { incoming: { socket } })
}

describe('the dev panel', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])(
    'answers this machine at %s',
    async (address) => {
      expect((await ask(address)).status).toBe(200)
    },
  )

  it.each(['192.168.1.20', '::ffff:10.0.0.7', 'fe80::1'])(
    'refuses %s, which asks by a name of this machine',
    async (address) => {
      expect((await ask(address)).status).toBe(403)
    },
  )

  it.each(['x-forwarded-for', 'forwarded', 'x-real-ip'])(
    'refuses what a proxy passes on, by its header %s',
    async (header) => {
      expect((await ask('127.0.0.1', { [header]: '192.168.1.20' })).status).toBe(403)
    },
  )
})
