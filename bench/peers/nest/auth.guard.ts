import { type CanActivate, type ExecutionContext, Injectable } from "@nestjs/common";
import { GqlExecutionContext } from "@nestjs/graphql";
import { userOf } from "../shared/token.ts";

/** Verifies the token of every request; a socket was verified when it connected. */
@Injectable()
export class AuthGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { req, user } = GqlExecutionContext.create(context).getContext();
    if (user === undefined) req.user = userOf(req.headers.authorization);
    return true;
  }
}
