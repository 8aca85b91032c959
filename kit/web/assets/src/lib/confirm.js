// confirmations asks before a form or button marked data-confirm="question" is
// sent. data-confirm-yes and data-confirm-no name the two answers.
export function confirmations(root) {
  root.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      const asker = event.submitter?.dataset.confirm ? event.submitter : form;
      if (!asker.dataset.confirm || form.dataset.confirmed) {
        delete form.dataset.confirmed;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(asker.dataset, () => {
        form.dataset.confirmed = "yes";
        form.requestSubmit(event.submitter);
      });
    },
    true,
  );
}

// ask asks words.confirm and goes on with yes unless the answer is no.
export function ask(words, yes) {
  const box = document.createElement("dialog");
  box.setAttribute("aria-labelledby", "confirm-question");
  const question = document.createElement("p");
  question.id = "confirm-question";
  question.textContent = words.confirm;
  const answers = document.createElement("div");
  answers.className = "actions";
  answers.append(
    answer(words.confirmYes, "btn primary", () => {
      box.close();
      yes();
    }),
    answer(words.confirmNo, "btn", () => box.close()),
  );
  box.append(question, answers);
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
}

function answer(text, look, then) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = look;
  button.textContent = text;
  button.addEventListener("click", then);
  return button;
}
