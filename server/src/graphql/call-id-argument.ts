import {
  type GraphQLArgument,
  GraphQLError,
  GraphQLNonNull,
  GraphQLScalarType,
  type GraphQLSchema,
  Kind,
  type ValidationContext,
  type ValidationRule,
  type ValueNode,
  VariablesInAllowedPositionRule,
  getNullableType,
  typeFromAST,
} from "graphql";

const acceptedTypes: ReadonlySet<string> = new Set(["ID", "Int", "Float", "String"]);

/**
 * `Query.call(id: Float!)` as existing clients use it: they declare `$id: ID!`. The published type stays `Float!`; what
 * comes in may be a number or a text and reaches the resolver unrounded, for {@link readCallId} to judge.
 * @returns the replaced argument, for {@link callIdVariablesRule}.
 */
export function acceptTextForCallId(schema: GraphQLSchema): GraphQLArgument {
  const fields = schema.getQueryType()?.getFields() ?? {};
  const argument = fields["call"]?.args.find(({ name }) => name === "id");
  if (argument === undefined) throw new Error("The schema has no argument Query.call(id:).");
  argument.type = new GraphQLNonNull(lenientFloat(schema));
  return argument;
}

/**
 * The specification's rule "All Variable Usages Are Allowed", with one exception: a variable of type ID, Int, Float or String
 * may stand where `Query.call` takes its id, as nullable as a Float variable might be there.
 */
export function callIdVariablesRule(argument: GraphQLArgument): ValidationRule {
  return (context) => VariablesInAllowedPositionRule(withUsagesOf(context, argument));
}

function withUsagesOf(context: ValidationContext, argument: GraphQLArgument): ValidationContext {
  return Object.create(context, {
    getRecursiveVariableUsages: {
      value: (operation: Parameters<ValidationContext["getRecursiveVariableUsages"]>[0]) =>
        context.getRecursiveVariableUsages(operation).map((usage) => {
          if (usage.type !== argument.type) return usage;
          const name = usage.node.name.value;
          const definition = operation.variableDefinitions?.find(({ variable }) => variable.name.value === name);
          const declared = definition && typeFromAST(context.getSchema(), definition.type as never);
          const named = getNullableType(declared);
          if (!(named instanceof GraphQLScalarType) || !acceptedTypes.has(named.name)) return usage;
          return Object.assign({}, usage, { type: new GraphQLNonNull(named) });
        }),
    },
  }) as ValidationContext;
}

function lenientFloat(schema: GraphQLSchema): GraphQLScalarType<number | string> {
  const published = schema.getType("Float");
  return new GraphQLScalarType<number | string>({
    name: "Float",
    description: published?.description,
    coerceInputValue(value) {
      if (typeof value === "number" || typeof value === "string") return value;
      throw new GraphQLError("Float cannot represent non numeric value.");
    },
    coerceInputLiteral(node: ValueNode) {
      if (node.kind === Kind.STRING) return node.value;
      if (node.kind === Kind.INT) return node.value;
      if (node.kind === Kind.FLOAT) return wholeNumberText(node.value);
      throw new GraphQLError("Float cannot represent non numeric value.", { nodes: node });
    },
  });
}

/** The digits of a literal such as `1.0` or `1e1`; what is not exactly a whole number comes back as it is. */
function wholeNumberText(literal: string): string {
  const [, whole = "", fraction = "", exponent = "0"] =
    /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(literal) ?? [];
  const shift = Number(exponent);
  const digits = whole + fraction.padEnd(shift, "0");
  const point = whole.length + shift;
  if (whole === "" || point <= 0 || /[^0]/.test(digits.slice(point))) return literal;
  return digits.slice(0, point).replace(/^0+(?=\d)/, "");
}
