"""The commands of ``leads``, one module each: ``add_arguments`` declares, ``run`` does."""
