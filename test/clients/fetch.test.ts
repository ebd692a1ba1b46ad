import { authorization, type Data, describeJourney } from "./journey.ts";

/** The legacy protocol by hand over the WebSocket of the platform, as apps without a library do. */
describeJourney("plain fetch and WebSocket", ({ url, socketUrl }, state) => {
  let isClosed = false;
  let open: WebSocket | null = null;
  return {
    async request(query, variables, token) {
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...authorization(token) },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors }: Data = await response.json();
      if (errors !== undefined) throw new Error(errors[0].message);
      return data;
    },
    subscribe(query, next) {
      const connect = () => {
        if (isClosed) return;
        const socket = new WebSocket(socketUrl, "graphql-ws");
        open = socket;
        const send = (message: object) => socket.send(JSON.stringify(message));
        socket.addEventListener("open", () => {
          send({ type: "connection_init", payload: authorization(state.accessToken) });
          send({ id: "1", type: "start", payload: { query, variables: {}, extensions: {} } });
        });
        socket.addEventListener("message", ({ data }) => {
          const { type, payload }: Data = JSON.parse(String(data));
          if (type === "data") next(payload.data);
          if (type === "connection_error") void state.renew();
        });
        socket.addEventListener("close", () => void setTimeout(connect, 50));
      };
      connect();
      return () => {
        isClosed = true;
      };
    },
    close: () => open?.close(),
  };
});
