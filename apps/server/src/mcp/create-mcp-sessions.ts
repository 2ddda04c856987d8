import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The sessions of MCP clients, each bound to the user who opened it. */
export type McpSessions = {
  open(userId: string): string
  isOf(session: string, userId: string): boolean
}

/** Signs session ids instead of storing them, so that a client's retry finds its session in every process and after a restart. */
export function createMcpSessions(secret: string): McpSessions {
  const sign = (nonce: string, userId: string) =>
    createHmac('sha256', secret).update(`mcp-session\n${nonce}\n${userId}`).digest('base64url')

  return {
    open(userId) {
      const nonce = randomBytes(18).toString('base64url')
      return `${nonce}.${sign(nonce, userId)}`
    },
    isOf(session, userId) {
      const [nonce = '', signature = ''] = session.split('.')
      const given = Buffer.from(signature)
      const expected = Buffer.from(sign(nonce, userId))
      return given.length === expected.length && timingSafeEqual(given, expected)
    },
  }
}
