import { Field, Float, ID, InputType, Int, ObjectType } from "@nestjs/graphql";

@ObjectType()
export class Note {
  @Field(() => ID) id!: number;
  @Field() content!: string;
}

@ObjectType()
export class Call {
  @Field(() => ID) id!: number;
  @Field() direction!: string;
  @Field() from!: string;
  @Field() to!: string;
  @Field(() => Float) duration!: number;
  @Field() is_archived!: boolean;
  @Field() call_type!: string;
  @Field() via!: string;
  @Field() created_at!: string;
}

@ObjectType()
export class PaginatedCalls {
  @Field(() => [Call], { nullable: true }) nodes!: Call[];
  @Field(() => Int) totalCount!: number;
  @Field() hasNextPage!: boolean;
}

@InputType()
export class AddNoteInput {
  @Field(() => ID) activityId!: string;
  @Field() content!: string;
}
