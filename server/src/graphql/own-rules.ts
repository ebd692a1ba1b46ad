import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";

/** What this API asks of documents beyond the specification. */
export const ownRules: readonly ValidationRule[] = [lookedUpOutsideSubscriptions, idempotentOnMutations];

/** Fields of a call that the database is asked for, or that differ between those who get the same result. */
const lookedUp = new Set(["history", "legs", "rawDeliveries", "unread"]);

/** Results of a subscription are made of what the change brings along, without asking the database. */
function lookedUpOutsideSubscriptions(context: ValidationContext): ASTVisitor {
  type Definition = OperationDefinitionNode | FragmentDefinitionNode;
  const found = new Map<Definition, FieldNode>();
  let current: Definition | null = null;
  const enter = (node: Definition) => {
    current = node;
  };
  return {
    OperationDefinition: enter,
    FragmentDefinition: enter,
    Field(node) {
      const isLookedUp = lookedUp.has(node.name.value) && context.getParentType()?.name === "Call";
      if (isLookedUp && current !== null) found.set(current, node);
    },
    Document: {
      leave({ definitions }) {
        for (const operation of definitions) {
          if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
          if (operation.operation !== OperationTypeNode.SUBSCRIPTION) continue;
          for (const part of [operation, ...context.getRecursivelyReferencedFragments(operation)]) {
            const nodes = found.get(part);
            if (nodes === undefined) continue;
            const message = `Call.${nodes.name.value} cannot be asked for in a subscription.`;
            context.reportError(new GraphQLError(message, { nodes }));
          }
        }
      },
    },
  };
}

/** A key where nothing is written would promise what nobody keeps. */
function idempotentOnMutations(context: ValidationContext): ASTVisitor {
  return {
    Directive(nodes) {
      if (nodes.name.value !== "idempotent") return;
      if (context.getParentType() === context.getSchema().getMutationType()) return;
      context.reportError(new GraphQLError("@idempotent stands on fields of Mutation alone.", { nodes }));
    },
  };
}
