import { findNode } from '../find-node.js'
import { nameOf } from '../name-of.js'

const RANDOM = new Set([
  'randomUUID',
  'randomBytes',
  'random',
  'nanoid',
  'uuid',
  'v4',
  'ulid',
  'createId',
])
const TIME = new Set(['now', 'getTime', 'hrtime', 'toISOString'])
const CLIENT = new Set(['headers', 'operationKey', 'idempotencyKey', 'requestId', 'input'])

/** A transaction id is derived on the server from the operation: any other could charge twice or be claimed by others. */
export const derivedTransactionId = {
  create(context) {
    const check = (node, value) => {
      const reason = reasonAgainst(value, context)
      if (reason) context.report({ node, message: message(reason) })
    }
    return {
      Property(node) {
        if (!node.computed && nameOf(node.key) === 'transactionId') check(node, node.value)
      },
      VariableDeclarator(node) {
        if (node.id.name === 'transactionId' && node.init) check(node, node.init)
      },
      CallExpression(node) {
        if (nameOf(node.callee) === 'transactionId' && node.arguments[0]) {
          check(node, node.arguments[0])
        }
      },
    }
  },
}

function reasonAgainst(value, context) {
  const found = findNode(origin(value, context), (node) => describe(node) !== null)
  return found && describe(found)
}

function describe(node) {
  if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date') return 'the time'
  if (node.type === 'CallExpression') {
    const name = nameOf(node.callee)
    if (RANDOM.has(name)) return 'chance'
    if (TIME.has(name)) return 'the time'
  }
  if (node.type === 'Identifier' && CLIENT.has(node.name)) return 'what the client sent'
  return null
}

// `const id = randomUUID()` on an earlier line is the same mistake.
function origin(value, context) {
  if (value.type !== 'Identifier') return value
  for (let scope = context.sourceCode.getScope(value); scope; scope = scope.upper) {
    const variable = scope.variables.find(({ name }) => name === value.name)
    const definition = variable?.defs[0]
    if (definition) return definition.node.init ?? value
  }
  return value
}

function message(reason) {
  return (
    `This transaction id comes from ${reason}; it must be derived from the operation, or a retry is charged twice and a guess can ` +
    'take another operation’s. Let metering settle the operation: it derives the id. Guide: errors#derived-transaction-id'
  )
}
