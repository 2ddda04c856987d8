export { responseHeaders } from './answers.ts'
export {
  type ApiServices,
  type Caller,
  type Context,
  createContext,
  type RateLimit,
} from './context.ts'
export { type AppRouter, appRouter } from './router.ts'
export type { BilledMeta, Meta } from './trpc.ts'
