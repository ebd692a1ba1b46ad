import "reflect-metadata";
import { ApolloDriver, type ApolloDriverConfig } from "@nestjs/apollo";
import { Module } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { GraphQLModule } from "@nestjs/graphql";
import { contextFor } from "../shared/resolvers.ts";
import { announce } from "../shared/settings.ts";
import { type User, userOf } from "../shared/token.ts";
import { CallResolver } from "./call.resolver.ts";
import { store } from "./store.ts";

// NestJS, code first, with its Apollo driver and graphql-ws subscriptions, compiled by tsc with decorator metadata.

const nobodyYet = undefined as unknown as User;

@Module({
  imports: [
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      subscriptions: {
        "graphql-ws": {
          onConnect: ({ connectionParams, extra }) => {
            (extra as { user?: User }).user = userOf(connectionParams?.["authorization"]);
          },
        },
      },
      context: ({ req, extra }: { req: unknown; extra?: { user: User } }) =>
        extra === undefined
          ? { req, ...contextFor(store, nobodyYet) }
          : { req, extra, ...contextFor(store, extra.user) },
    }),
  ],
  providers: [CallResolver],
})
class AppModule {}

const app = await NestFactory.create(AppModule, { logger: false, cors: true });
await app.listen(0, "127.0.0.1");
announce((app.getHttpServer().address() as { port: number }).port);
