import { z } from 'zod'

const user = z.looseObject({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  createdAt: z.string().meta({ format: 'date-time' }),
})
const signedIn = z.looseObject({ user })
const session = z
  .looseObject({
    user,
    session: z.looseObject({ expiresAt: z.string().meta({ format: 'date-time' }) }),
  })
  .nullable()
const refusal = z.object({ code: z.string().optional(), message: z.string().optional() })

const email = z.email()
const password = z.string().min(8)

/** The sign-in routes for the OpenAPI document; a test compares them with those the server answers. */
export const SIGN_IN_PATHS = {
  '/api/auth/sign-in/anonymous': {
    post: signsIn('Sign in as a guest', z.object({})),
  },
  '/api/auth/sign-up/email': {
    post: signsIn('Create an account', z.object({ name: z.string(), email, password })),
  },
  '/api/auth/sign-in/email': {
    post: signsIn('Sign in to an account', z.object({ email, password })),
  },
  '/api/auth/get-session': {
    get: operation({
      operationId: 'get_session',
      summary: 'Read who is signed in; null when no one is',
      answer: session,
    }),
  },
  '/api/auth/sign-out': {
    post: operation({
      operationId: 'sign_out',
      summary: 'End the session; its token is void from then on',
      body: z.object({}),
      answer: z.object({ success: z.boolean() }),
      refusals: [409, 503],
    }),
  },
}

/** Signing in returns a token, in a header unless a page could read it. */
function signsIn(summary: string, body: z.ZodType): object {
  const { responses, ...rest } = operation({
    operationId: summary.toLowerCase().replaceAll(' ', '_'),
    summary,
    body,
    answer: signedIn,
    refusals: [400, 401, 409, 422, 429, 503],
  })
  const headers = {
    'set-auth-token': {
      description: 'The bearer token of the session. Pages get a cookie instead.',
      schema: { type: 'string' },
    },
  }
  return { ...rest, security: [], responses: { ...responses, 200: { ...responses[200], headers } } }
}

function operation(described: {
  operationId: string
  summary: string
  body?: z.ZodType
  answer: z.ZodType
  refusals?: readonly number[]
}) {
  const { operationId, summary, body, answer, refusals = [] } = described
  return {
    operationId,
    tags: ['Sign-in'],
    summary,
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      ...Object.fromEntries(
        refusals.map((status) => [status, { description: 'Refused.', content: json(refusal) }]),
      ),
      200: { description: summary, content: json(answer) },
    },
  }
}

function json(schema: z.ZodType): object {
  return { 'application/json': { schema: z.toJSONSchema(schema, { io: 'input' }) } }
}
