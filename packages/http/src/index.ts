export { findInvalidText, type InvalidText } from './find-invalid-text.ts'
export {
  type Fetch,
  type Listener,
  type ListenerOptions,
  type Refusal,
  type RequestEnv,
  startListener,
} from './start-listener.ts'
