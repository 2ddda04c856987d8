/** The balancer's ports, and the servers behind it. */
export type Balancing = {
  port: number
  /** Accepts commands such as `set server tollgate/a state drain`. */
  adminSocket: string
  servers: readonly { name: string; port: number }[]
}

/**
 * HAProxy's configuration for several servers without sticky sessions. A server that is not ready, or is stopping, gets no new requests and
 * finishes those in flight.
 */
export function haproxyConfig({ port, adminSocket, servers }: Balancing): string {
  return `
global
  maxconn 8192
  stats socket ${adminSocket} mode 600 level admin
  # Streams that are open when the balancer stops.
  hard-stop-after 30s

defaults
  mode http
  timeout connect 2s
  # /readyz writes to the database: one that is slow is not one that is gone, and without this a check may take no longer than inter.
  timeout check 5s
  # A balance stream sends a ping every 5 s; a billed call may work for minutes before its first byte.
  timeout client 90s
  timeout server 10m
  timeout http-request 30s
  timeout http-keep-alive 30s
  # A request that never reached a server may go to the other one. What a server may have seen is repeated by the client alone, who
  # has its key.
  option redispatch 1
  retries 3
  retry-on conn-failure

frontend public
  bind 127.0.0.1:${port}
  # TRUSTED_PROXIES=1 believes the last address.
  option forwardfor
  default_backend tollgate

backend tollgate
  balance roundrobin
  option httpchk GET /readyz
  http-check expect status 200
  default-server check inter 500ms fastinter 250ms downinter 250ms fall 2 rise 1 maxconn 4096
${servers.map((server) => `  server ${server.name} 127.0.0.1:${server.port}`).join('\n')}
`.trimStart()
}
