/** The headers that restrict our pages: scripts and styles only from our origin, no frames, forms only to us and the checkout. */
export function securityHeaders(options: {
  checkoutOrigins: readonly string[]
  https: boolean
}): ReadonlyMap<string, string> {
  const policy = [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    `form-action ${["'self'", ...options.checkoutOrigins].join(' ')}`,
    "frame-ancestors 'none'",
  ]
  return new Map([
    ['Content-Security-Policy', policy.join('; ')],
    ...(options.https ? [STRICT_TRANSPORT] : []),
    ['X-Content-Type-Options', 'nosniff'],
    ['X-DNS-Prefetch-Control', 'off'],
    ['X-Download-Options', 'noopen'],
    ['X-Frame-Options', 'DENY'],
    ['X-Permitted-Cross-Domain-Policies', 'none'],
    ['X-XSS-Protection', '0'],
    ['Referrer-Policy', 'strict-origin-when-cross-origin'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['Origin-Agent-Cluster', '?1'],
    ['Permissions-Policy', 'camera=(), microphone=(), geolocation=()'],
  ])
}

/** The headers that apply to scripts, styles and fonts; the others only matter for documents, and are as long as a small file. */
export function assetHeaders(headers: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...headers].filter(([name]) => OF_ASSETS.has(name)))
}

const OF_ASSETS = new Set([
  'Strict-Transport-Security',
  'X-Content-Type-Options',
  'Cross-Origin-Resource-Policy',
])

const STRICT_TRANSPORT: [string, string] = [
  'Strict-Transport-Security',
  'max-age=31536000; includeSubDomains',
]
