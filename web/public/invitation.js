// The token stands behind the # of the link, which browsers do not send and servers do not log.
const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
history.replaceState(null, "", location.pathname);

const form = document.querySelector("#invitation");
const problem = document.querySelector("#problem");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void accept();
});

async function accept() {
  const button = form.querySelector("button");
  button.disabled = true;
  problem.textContent = "";
  try {
    const { username, password } = Object.fromEntries(new FormData(form));
    const response = await fetch("/invitations/accept", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ token, username, password }),
    });
    if (response.ok) {
      // The answer has set the cookie that the app signs in with.
      location.replace("/");
      return;
    }
    const { errors } = await response.json();
    problem.textContent = errors[0].message;
  } catch {
    problem.textContent = "The server did not answer. Try again.";
  } finally {
    button.disabled = false;
  }
}
