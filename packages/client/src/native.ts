import { createClient, type TollgateClient } from './create-client.ts'
import type { LinkOptions } from './links.ts'

/**
 * A typed client for React Native: bearer token, no cookies, and streams in one piece, because responses
 * there cannot be read reliably while they arrive.
 */
export function createNativeClient(
  options: Omit<LinkOptions, 'stream'> & { platform: 'ios' | 'android' | 'web' },
): TollgateClient {
  return createClient({ ...options, stream: false })
}
