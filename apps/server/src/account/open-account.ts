import type { RateLimit } from '@tollgate/api'
import type { BillingBackend, Logger, SignReceipt } from '@tollgate/contract'
import type { Metering } from '@tollgate/metering'
import type { Hono } from 'hono'
import type { SignIn } from '../auth/open-sign-in.ts'
import type { Stores } from '../open-stores.ts'
import { createEraser } from './create-eraser.ts'
import { sendExport } from './send-export.ts'

/** Starts erasing deleted customers, and creates the route on which a customer downloads its data. */
export function openAccount(options: {
  stores: Pick<Stores, 'server' | 'signIn' | 'metering'>
  metering: Metering
  backend: BillingBackend
  signIn: Pick<SignIn, 'readCaller'>
  rateLimit: RateLimit
  signReceipt: SignReceipt
  logger: Logger
}): { routes: Hono; stop(): Promise<void> } {
  const { stores, metering, backend, signIn, rateLimit, signReceipt, logger } = options
  const { server: database } = stores
  const eraser = createEraser({ database, metering: stores.metering, backend, logger })
  eraser.start()
  return {
    routes: sendExport({
      readCaller: signIn.readCaller,
      rateLimit,
      sources: { signIn: stores.signIn, server: database, metering, backend, signReceipt },
    }),
    stop: eraser.stop,
  }
}
