import { nameOf } from '../name-of.js'

const PRICED = new Set(['billedProcedure', 'freeProcedure'])

/** Every mutation needs a price, or a reason to be free. */
export const everyMutationHasAPrice = {
  create(context) {
    return {
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression' || nameOf(node.callee) !== 'mutation') return
        const chain = linksOf(node.callee.object)
        if (chain.some(isPriced) || !chain.some(isProcedure)) return
        context.report({
          node: node.callee.property,
          message:
            'This mutation neither has a price nor says why it has none. Start from billedProcedure({ meter, amount, example }), ' +
            "or from freeProcedure('why it costs nothing'). Guide: errors#every-mutation-has-a-price",
        })
      },
    }
  },
}

function linksOf(node) {
  if (node.type === 'CallExpression') return [node, ...linksOf(node.callee)]
  if (node.type === 'MemberExpression') return [node, ...linksOf(node.object)]
  return [node]
}

function isPriced(node) {
  return PRICED.has(nameOf(node)) || (nameOf(node) === 'meta' && saysFree(node.arguments?.[0]))
}

function isProcedure(node) {
  return /procedure$/i.test(nameOf(node) ?? '')
}

function saysFree(meta) {
  return (
    meta?.type === 'ObjectExpression' && meta.properties.some(({ key }) => nameOf(key) === 'free')
  )
}
