"""The same measures on Spark, for records that are too many for one machine."""

from .counting import OnSpark, carried_all
from .session import LOCAL, java, spark_session

__all__ = ["LOCAL", "OnSpark", "carried_all", "java", "spark_session"]
