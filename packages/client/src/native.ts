import { createClient, type TollgateClient } from './create-client.ts'
import type { LinkOptions } from './links.ts'

/**
 * A typed client for React Native: bearer token, no cookies. Streams come in one piece unless `stream` is on, which
 * needs a `fetch` whose answers can be read as they arrive, such as Expo's own since SDK 57.
 */
export function createNativeClient(
  options: LinkOptions & { platform: 'ios' | 'android' | 'web' },
): TollgateClient {
  return createClient({ stream: false, ...options })
}
