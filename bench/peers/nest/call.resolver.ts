import { UseGuards } from "@nestjs/common";
import {
  Args,
  Context,
  Float,
  ID,
  Mutation,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from "@nestjs/graphql";
import type DataLoader from "dataloader";
import { PubSub } from "graphql-subscriptions";
import { known, readPage } from "../shared/calls.ts";
import type { CallRow, NoteRow } from "../shared/store.ts";
import { AuthGuard } from "./auth.guard.ts";
import { AddNoteInput, Call, Note, PaginatedCalls } from "./call.model.ts";
import { store } from "./store.ts";

const pubsub = new PubSub();

@Resolver(() => Call)
@UseGuards(AuthGuard)
export class CallResolver {
  @Query(() => PaginatedCalls)
  paginatedCalls(
    @Args("offset", { type: () => Float, defaultValue: 0 }) offset: number,
    @Args("limit", { type: () => Float, defaultValue: 10 }) limit: number,
  ) {
    return readPage(store, offset, limit);
  }

  @Query(() => Call, { nullable: true })
  call(@Args("id", { type: () => Float }) id: number) {
    return store.call(id);
  }

  @ResolveField(() => [Note])
  notes(@Parent() call: CallRow, @Context("notes") notes: DataLoader<number, NoteRow[]>) {
    return call.notes ?? notes.load(call.id);
  }

  @Mutation(() => Call)
  async archiveCall(@Args("id", { type: () => ID }) id: string) {
    const call = known(store.toggleArchived(Number(id)));
    await pubsub.publish("call", { onUpdateCall: call });
    return call;
  }

  @Mutation(() => Call)
  async addNote(@Args("input") input: AddNoteInput) {
    const call = known(store.addNote(Number(input.activityId), input.content));
    await pubsub.publish("call", { onUpdateCall: call });
    return call;
  }

  @Subscription(() => Call)
  onUpdateCall() {
    return pubsub.asyncIterableIterator("call");
  }
}
