import { findNode } from '../find-node.js'
import { nameOf } from '../name-of.js'

const PRICE_WORD = /^(cost|costs|credit|credits|price|amount|charge|fee|units)$/i

/** The cost of a call is computed on the server: with a price in the input, the client would set it. */
export const priceFromServer = {
  create(context) {
    const check = (root, parameter) => {
      const named = findNode(root, (node) => readsPrice(node, parameter))
      if (named) context.report({ node: named, message: message(nameOf(named)) })
    }
    return {
      Property(node) {
        if (!isPriceField(node) || !isFunction(node.value)) return
        const [input] = node.value.params
        const taken = input?.type === 'ObjectPattern' ? input.properties.find(takesPrice) : null
        if (taken) context.report({ node: taken, message: message(nameOf(taken.key)) })
        else if (input?.type === 'Identifier') check(node.value.body, input.name)
      },
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression' || nameOf(node.callee) !== 'report') return
        check(node.arguments[0], 'input')
      },
    }
  },
}

function isPriceField({ key }) {
  return nameOf(key) === 'amount' || nameOf(key) === 'hold'
}

function isFunction({ type }) {
  return type === 'ArrowFunctionExpression' || type === 'FunctionExpression'
}

function takesPrice(property) {
  return property.type === 'Property' && PRICE_WORD.test(nameOf(property.key) ?? '')
}

function readsPrice(node, parameter) {
  return (
    node.type === 'MemberExpression' &&
    PRICE_WORD.test(nameOf(node) ?? '') &&
    rootOf(node.object) === parameter
  )
}

function rootOf(node) {
  return node.type === 'MemberExpression' ? rootOf(node.object) : nameOf(node)
}

function message(name) {
  return (
    `"${name}" comes from the client, who would set the price. Compute the amount from what the work will do (its size, its ` +
    'options), or hold the most and report what was used. Guide: errors#price-from-server'
  )
}
