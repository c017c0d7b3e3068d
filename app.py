"""The explorer: `streamlit run app.py` serves it, and `uvicorn app:app` does too."""

from streamlit.starlette import App

import explorer

app = App(__file__, lifespan=explorer.lifespan, routes=explorer.routes(), middleware=explorer.middleware())

if __name__ == "__main__":  # so it is called as the script of a session; as a server's module it only names the app
    explorer.show()
